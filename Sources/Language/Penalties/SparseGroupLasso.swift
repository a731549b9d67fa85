import RankineGraph

/// Removes whole inputs, and single weights of those that stay.
///
///     Ω(W) = (1 − α) Σⱼ ωⱼ ‖W[:, j]‖₂ + α Σᵢⱼ ωⱼ |Wᵢⱼ|
///
/// Its proximal map is the soft threshold at t·α followed by the group threshold at t·(1 − α).
///
/// - Shapes: the weight is [units, inputs] or [tasks, units, inputs].
/// - Source: Simon, Friedman, Hastie & Tibshirani, JCGS 22 (2013), section 2; groups are the inputs,
///   without the root of their size.
public struct SparseGroupLasso: Penalty {
  public let strength: Strength
  /// α in 0...1: the share of the penalty on single weights.
  public let mix: Double

  /// - Parameters:
  ///   - strength: λ of the whole.
  ///   - mix: α in 0...1.
  public init(_ strength: Strength = .path(count: 8), mix: Double = 0.5) {
    (self.strength, self.mix) = (strength, mix)
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    GroupLasso(self.strength).value(
      weight, strength: strength * (1 - mix), columnWeights: columnWeights)
      + L1(self.strength).value(weight, strength: strength * mix, columnWeights: columnWeights)
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let soft = L1(strength).prox(
      weight, threshold: threshold * mix, columnWeights: columnWeights)
    return GroupLasso(strength).prox(
      soft, threshold: threshold * (1 - mix), columnWeights: columnWeights)
  }

  public var screensInputs: Bool { true }

  public var summary: String { "SparseGroupLasso(\(strength), mix: \(mix))" }

  public func validate() throws(Misuse) {
    try strength.validate(of: summary)
    guard mix >= 0, mix <= 1 else {
      throw Misuse(
        "bad-hyperparameter", "the mix of \(summary) is \(mix)",
        hint: "give a number from 0 (groups alone) to 1 (single weights alone)")
    }
  }
}
