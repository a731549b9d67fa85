import RankineGraph

/// Removes single weights, by a penalty on their absolute values.
///
///     Ω(W) = Σᵢⱼ ωⱼ |Wᵢⱼ|,   prox(W)ᵢⱼ = sign(Wᵢⱼ) · max(0, |Wᵢⱼ| − t ωⱼ)
///
/// - Shapes: any weight whose last axis is the inputs.
/// - Differentiable except at zeros; there the gradient is taken as 0.
/// - Source: Tibshirani, JRSS B 58 (1996).
public struct L1: Penalty {
  public let strength: Strength

  /// A penalty whose strength is chosen along a path by default.
  public init(_ strength: Strength = .path(count: 8)) {
    self.strength = strength
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    let sizes: Tensor = abs(weight)
    return strength * (columnWeights.map { sizes * $0 } ?? sizes).sum()
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let limit: Tensor = columnWeights.map { threshold * $0 } ?? threshold
    return sign(weight) * maximum(abs(weight) - limit, 0)
  }

  public var screensInputs: Bool { true }

  public var summary: String { "L1(\(strength))" }
}
