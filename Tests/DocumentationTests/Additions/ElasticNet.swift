import RankineGraph

/// Removes single weights and shrinks those that stay, so that weights of like inputs stay alike.
///
///     Ω(W) = Σᵢⱼ ωⱼ ( α |Wᵢⱼ| + ½ (1 − α) Wᵢⱼ² )
///
/// Its proximal map is the soft threshold at t·α followed by the division by 1 + t·(1 − α).
///
/// - Shapes: any weight whose last axis is the inputs.
/// - Source: Zou & Hastie, JRSS B 67 (2005), section 2.
public struct ElasticNet: Penalty {
  public let strength: Strength
  /// α in 0...1: the share of the penalty on absolute values.
  public let mix: Double

  /// - Parameters:
  ///   - strength: λ of the whole.
  ///   - mix: α in 0...1.
  public init(_ strength: Strength = .path(count: 8), mix: Double = 0.5) {
    (self.strength, self.mix) = (strength, mix)
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    L1(self.strength).value(weight, strength: strength * mix, columnWeights: columnWeights)
      + Ridge(self.strength).value(
        weight, strength: strength * (1 - mix), columnWeights: columnWeights)
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let soft = L1(strength).prox(
      weight, threshold: threshold * mix, columnWeights: columnWeights)
    return Ridge(strength).prox(
      soft, threshold: threshold * (1 - mix), columnWeights: columnWeights)
  }

  public var summary: String { "ElasticNet(\(strength), mix \(mix))" }
}
