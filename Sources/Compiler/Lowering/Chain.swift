import CRankineKernels

/// Steps of a loop that the kernels do as one: what is between its operands and its results stays in
/// registers, and takes no part in the traffic between the steps of a block.
struct Chain {
  /// What a chain computes, in terms of its operands.
  indirect enum Term {
    /// The operand of this number.
    case operand(Int)
    /// The operand of this number, which must be the same number all over the loop.
    case uniform(Int)
    case constant(Double)
    case step(rk_opcode, [Term])
  }

  let opcode: rk_opcode
  let operandCount: Int
  /// In the order of the kernel.
  let results: [Term]

  /// Steps that one instruction takes; the first names the chain, the others are `RK_MORE`.
  var length: Int { max((operandCount + 3) / 4, results.count) }
}

extension Chain.Term {
  static func + (a: Self, b: Self) -> Self { .step(RK_ADD, [a, b]) }
  static func - (a: Self, b: Self) -> Self { .step(RK_SUBTRACT, [a, b]) }
  static func * (a: Self, b: Self) -> Self { .step(RK_MULTIPLY, [a, b]) }
  static func / (a: Self, b: Self) -> Self { .step(RK_DIVIDE, [a, b]) }
}

extension Chain {
  /// All of them, in the order in which they are looked for: one that is part of another comes later.
  static let all: [Chain] = [
    .adam(RK_ADAM_PENALIZED, operandCount: 14, slope: .operand(12) * .operand(13) + .operand(1)),
    .adam(RK_ADAM, operandCount: 12, slope: .operand(1)),
    .siluWithSlope, .silu, .logisticPartAdded, .logisticPart, .logisticWithSlope,
  ]

  /// Adam's two running means and its move.
  private static func adam(_ opcode: rk_opcode, operandCount: Int, slope: Term) -> Chain {
    let mean: Term = .uniform(4) * .operand(2) + .uniform(5) * slope
    let power: Term = .uniform(6) * .operand(3) + .uniform(7) * (slope * slope)
    let root: Term = .step(RK_SQRT, [power * .uniform(9)])
    let size: Term = .uniform(10) / (root + .uniform(11))
    return Chain(
      opcode: opcode, operandCount: operandCount,
      results: [mean, power, .operand(0) - size * (mean * .uniform(8))])
  }

  private static let sum: Term = .operand(0) + .operand(1)
  private static let sigma: Term = .step(RK_SIGMOID, [sum])

  /// x σ(x) for a sum x.
  private static let silu = Chain(opcode: RK_SILU, operandCount: 2, results: [sum * sigma])

  /// The same and its derivative, σ(x) + x σ(x) (1 − σ(x)).
  private static let siluWithSlope = Chain(
    opcode: RK_SILU_SLOPE, operandCount: 2,
    results: [sum * sigma, sigma + sum * (sigma * (.constant(1) - sigma))])

  /// σ(−x) from two factors of e^x, and σ(x) from it.
  private static let down: Term = .step(RK_LOGISTIC_OF_POWER, [.operand(0), .operand(1)])
  private static let up: Term = .step(RK_MULTIPLY_TWICE, [.operand(0), .operand(1), down])

  /// Both and their product, the derivative of either but for the sign.
  private static let logisticWithSlope = Chain(
    opcode: RK_LOGISTIC_SLOPE, operandCount: 2, results: [down, up, down * up])

  /// What they contribute to a mixture and its slope.
  private static let logisticPart = Chain(
    opcode: RK_LOGISTIC_PART, operandCount: 4,
    results: [down * .uniform(2), up * .uniform(2), down * up * .uniform(3)])

  private static let logisticPartAdded: Chain = {
    func sum(_ value: Term, _ weight: Int, _ rest: Int) -> Term {
      .step(RK_MULTIPLY_ADD, [value, .uniform(weight), .operand(rest)])
    }
    return Chain(
      opcode: RK_LOGISTIC_PART_ADD, operandCount: 7,
      results: [sum(down, 2, 4), sum(up, 2, 5), sum(down * up, 3, 6)])
  }()
}
