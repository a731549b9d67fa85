import CRankineKernels
import RankineGraph

/// Writes the program of a sweep over pairs: equal steps once, and, where it is asked for, functions
/// of exponentials of a difference by products of factors.
///
/// With the factors rᵢ = e^(s(fᵢ − c)) and kⱼ = e^(s(c − gⱼ)), computed once a row and once a column,
/// e^(s(f − g)) is a product, σ(−s(f − g)) = 1/(1 + rᵢ kⱼ), tanh(x) = 2 σ(2x) − 1, and
/// softplus(x) = max(x, 0) + log(1 + min(e^x, e^−x)).
struct PairCode {
  enum Input: Hashable {
    case row(Int), column(Int), scalar(Int)
    /// Factors of the exponential with this number.
    case rowFactor(Int), columnFactor(Int)
  }

  /// An exponential of scale · (row − column).
  struct Exponential: Hashable {
    let row: Int
    let column: Int
    let scale: Double
  }

  typealias Value = ScalarCode<Input, UInt64>.Value

  struct Step: Hashable {
    var op: UInt32
    var operands: [Value]
  }

  /// A logistic function σ(scale · (row − column)).
  private typealias Logistic = Exponential

  private(set) var steps: [Step] = []
  private(set) var exponentials: [Exponential] = []
  private var known: [Step: Value] = [:]
  private var logistics: [Logistic: Value] = [:]
  private var logisticOf: [Value: Logistic] = [:]
  private let usesFactors: Bool

  init(usesFactors: Bool) {
    self.usesFactors = usesFactors
  }

  /// The value of an operation.
  mutating func apply(_ op: rk_opcode, _ x: [Value]) -> Value {
    if usesFactors, let value = factored(op, x) { return value }
    return append(op, x)
  }

  /// The value of a step, of one with the same value if there is one: products and sums do not depend
  /// on the order of their operands, and signs cancel.
  private mutating func append(_ op: rk_opcode, _ x: [Value]) -> Value {
    let negated = x.map(negated)
    if op == RK_SUBTRACT, let y = negated[1] { return append(RK_ADD, [x[0], y]) }
    if op == RK_MULTIPLY, let y = negated[0], let z = negated[1] { return append(op, [y, z]) }
    let isCommutative = op == RK_ADD || op == RK_MULTIPLY
    let step = Step(op: op.rawValue, operands: isCommutative ? x.sorted(by: isBefore) : x)
    if let value = known[step] { return value }
    steps.append(step)
    let value = Value.step(steps.count - 1)
    known[step] = value
    return value
  }

  /// The operand of a negation.
  private func negated(_ value: Value) -> Value? {
    guard case .step(let number) = value, steps[number].op == RK_NEGATE.rawValue else { return nil }
    return steps[number].operands[0]
  }

  // MARK: Factors

  private mutating func factored(_ op: rk_opcode, _ x: [Value]) -> Value? {
    if op == RK_SUBTRACT, x[0] == .constant((1.0).bitPattern), let logistic = logisticOf[x[1]] {
      return sigmoid(logistic.scaled(by: -1))
    }
    guard let difference = difference(x[0]) else { return nil }
    switch op {
    case RK_EXP: return power(difference)
    case RK_SIGMOID: return sigmoid(difference)
    case RK_TANH:
      // Of the two signs the positive one is computed.
      let (size, isNegative) = (abs(difference.scale), difference.scale < 0)
      let logistic = sigmoid(
        Exponential(row: difference.row, column: difference.column, scale: 2 * size))
      let value = append(
        RK_MULTIPLY_ADD, [logistic, .constant((2.0).bitPattern), .constant((-1.0).bitPattern)])
      return isNegative ? append(RK_NEGATE, [value]) : value
    case RK_SOFTPLUS:
      guard case .step(let number) = x[0] else { return nil }
      let factors = [abs(difference.scale), -abs(difference.scale)].flatMap {
        self.factors(Exponential(row: difference.row, column: difference.column, scale: $0))
      }
      let rest = append(RK_LOG_ONE_PLUS_LEAST, factors)
      return append(RK_RAMP_ADD, steps[number].operands + [rest])
    default: return nil
    }
  }

  /// The difference of a row's and a column's input that a value is.
  private func difference(_ value: Value) -> Exponential? {
    guard case .step(let number) = value, steps[number].op == RK_SUBTRACT.rawValue else {
      return nil
    }
    switch (steps[number].operands[0], steps[number].operands[1]) {
    case (.input(.row(let row)), .input(.column(let column))):
      return Exponential(row: row, column: column, scale: 1)
    case (.input(.column(let column)), .input(.row(let row))):
      return Exponential(row: row, column: column, scale: -1)
    default: return nil
    }
  }

  /// The two numbers whose product an exponential is.
  private mutating func factors(_ exponential: Exponential) -> [Value] {
    let number =
      exponentials.firstIndex(of: exponential)
      ?? {
        exponentials.append(exponential)
        return exponentials.count - 1
      }()
    return [.input(.rowFactor(number)), .input(.columnFactor(number))]
  }

  private mutating func power(_ exponential: Exponential) -> Value {
    append(RK_MULTIPLY, factors(exponential))
  }

  /// σ of a difference: the first sign asked for by a division, the other by a product with it.
  private mutating func sigmoid(_ logistic: Logistic) -> Value {
    if let value = logistics[logistic] { return value }
    let value: Value
    if let other = logistics[logistic.scaled(by: -1)] {
      value = append(RK_MULTIPLY_TWICE, factors(logistic) + [other])
    } else {
      value = append(RK_LOGISTIC_OF_POWER, factors(logistic.scaled(by: -1)))
    }
    logistics[logistic] = value
    logisticOf[value] = logistic
    return value
  }
}

/// Rows before columns, both before scalars, steps and constants.
private func isBefore(_ a: PairCode.Value, _ b: PairCode.Value) -> Bool {
  func place(_ value: PairCode.Value) -> (kind: Int, number: UInt64) {
    switch value {
    case .input(.row(let number)): (0, UInt64(number))
    case .input(.rowFactor(let number)): (1, UInt64(number))
    case .input(.column(let number)): (2, UInt64(number))
    case .input(.columnFactor(let number)): (3, UInt64(number))
    case .input(.scalar(let number)): (4, UInt64(number))
    case .step(let number): (5, UInt64(number))
    case .constant(let bits): (6, bits)
    }
  }
  return place(a) < place(b)
}

extension PairCode.Exponential {
  fileprivate func scaled(by factor: Double) -> Self {
    Self(row: row, column: column, scale: scale * factor)
  }
}
