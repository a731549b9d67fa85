import RankineGraph

/// Shrinks all weights in proportion, without zeros.
///
///     Ω(W) = ½ Σᵢⱼ ωⱼ Wᵢⱼ²,   prox(W)ᵢⱼ = Wᵢⱼ / (1 + t ωⱼ)
///
/// - Shapes: any weight whose last axis is the inputs.
/// - Source: Hoerl & Kennard, Technometrics 12 (1970).
public struct Ridge: Penalty {
  public let strength: Strength

  /// A penalty of the given strength.
  public init(_ strength: Strength) {
    self.strength = strength
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    let squares: Tensor = square(weight)
    return 0.5 * strength * (columnWeights.map { squares * $0 } ?? squares).sum()
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let limit: Tensor = columnWeights.map { threshold * $0 } ?? threshold
    return weight / (1 + limit)
  }

  public var summary: String { "Ridge(\(strength))" }
}
