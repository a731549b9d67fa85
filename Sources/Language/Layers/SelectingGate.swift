import Foundation
import RankineGraph

/// Mixes a few of the experts, which training picks: in `EachTask` each task its own, the same for all
/// rows.
///
///     q = Σᵢ softmax(w)ᵢ · r(zᵢ),   r(z)ₑ = Π_b ( s(z_b) where bit b of e is 1, else 1 − s(z_b) )
///     s(t) = 0 for t ≤ −½,  −2t³ + 3t/2 + ½ up to ½,  1 beyond
///
/// Each of the choices i = 1, …, k ends at one expert, as s reaches 0 and 1 exactly. z starts uniform on
/// ±0.01, w on ±0.05. The number of experts has to be a power of two, so that every code names one.
///
/// - Shapes: [experts, rows, units] or [tasks, experts, rows, units] becomes [rows, units] or
///   [tasks, rows, units]; z is [copies…, k, bits], w [copies…, k].
/// - Source: Hazimeh, Zhao, Chowdhery, Sathiamoorthy, Chen, Mazumder, Hong & Chi, NeurIPS 2021, section 3
///   (DSelect-k), with γ = 1; without its entropy term.
public struct SelectingGate: Layer {
  /// k: the most experts that it mixes.
  public let choices: Int
  public let site: Site

  /// - Parameter choices: k, the most experts that it mixes.
  public init(_ choices: Int = 2, file: String = #fileID, line: Int = #line) {
    self.choices = choices
    self.site = Site(file: file, line: line)
  }

  public var summary: String { "SelectingGate(\(choices))" }
  public var expertRole: ExpertRole { .mixes }

  public func validate() throws(Misuse) {
    guard (1...64).contains(choices) else {
      throw Misuse(
        "bad-hyperparameter", "SelectingGate has \(choices) choices", hint: "give it 1 to 64")
    }
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    let count = input.shape[input.shape.rank - 3].count ?? 1
    let bits = count.trailingZeroBitCount
    guard count == 1 << bits, count > 1 else {
      scope.report(
        Misuse(
          "not-a-power-of-two", "SelectingGate chooses among \(count) experts",
          hint: "give the experts' number as a power of two, for example 8"))
      return input.sum(over: [input.shape.rank - 3])
    }
    let leading = scope.copies.map { Dimension.fixed($0) }
    // A leading axis of 1 in place of none makes the shapes below alike.
    let copies = leading.isEmpty ? [Dimension.fixed(1)] : leading
    let z = scope.numbers(
      "codes", Shape(copies + [.fixed(choices), .fixed(bits)]), initializer: .uniform(bound: 0.01))
    let w = scope.numbers(
      "mixture", Shape(copies + [.fixed(choices)]), initializer: .uniform(bound: 0.05))
    let last = copies.count
    let picked = picks(smoothStep(z), count: count, bits: bits)
    let mixture = w.softmax(over: last).insertingAxis(at: last + 1)
    let shares: Tensor = (mixture * picked).sum(over: [last])
    let factors = shares.reshaped(to: Shape(leading + [.fixed(count), 1, 1]))
    return (factors * input).sum(over: [max(input.shape.rank, leading.count + 3) - 3])
  }

  private func smoothStep(_ t: Tensor) -> Tensor {
    let bounded: Tensor = maximum(minimum(t, 0.5), -0.5)
    return -2 * bounded * bounded * bounded + 1.5 * bounded + 0.5
  }

  /// r(z) for every choice [copies…, choices, experts].
  private func picks(_ steps: Tensor, count: Int, bits: Int) -> Tensor {
    let axis = steps.shape.rank - 1
    let factors = (0..<bits).map { bit in
      let step = steps.sliced(axis, from: bit, count: 1)
      let isSet = steps.graph.numbers((0..<count).map { Double($0 >> bit & 1) })
      return isSet * step + (1 - isSet) * (1 - step)
    }
    return factors.dropFirst().reduce(factors[0]) { $0 * $1 }
  }
}
