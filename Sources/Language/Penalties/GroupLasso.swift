import RankineGraph

/// Removes whole inputs (or whole units) from a layer, by a penalty on the norm of their weights.
///
///     Ω(W) = Σⱼ ωⱼ ‖W[:, j]‖₂,   prox(W)[:, j] = max(0, 1 − t ωⱼ / ‖W[:, j]‖₂) · W[:, j]
///
/// with ω the column weights, 1 unless given. The norms are not multiplied by the root of the group
/// size: all groups of a layer have the same size.
///
/// - Shapes: the weight is [units, inputs] or [copies, units, inputs].
/// - Differentiable except where a group is zero; there the gradient is taken as 0.
/// - Source: Yuan & Lin, JRSS B 68 (2006), section 2.
public struct GroupLasso: Penalty {
  public let strength: Strength
  /// Which weights stand or fall together.
  public let grouping: Grouping

  /// A penalty on inputs (columns) by default.
  public init(_ strength: Strength = .path(count: 8), over grouping: Grouping = .inputs) {
    (self.strength, self.grouping) = (strength, grouping)
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    let norms = grouping.norms(of: weight)
    let factor = grouping.factor(columnWeights)
    return strength * (factor.map { norms * $0 } ?? norms).sum()
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let norms = grouping.norms(of: weight)
    let limit: Tensor = grouping.factor(columnWeights).map { threshold * $0 } ?? threshold
    return grouping.scaling(weight, by: maximum(1 - limit / norms, 0))
  }

  public var screensInputs: Bool { grouping != .units }

  public func removingStrength(for gradient: Tensor) -> Tensor {
    grouping.norms(of: gradient).largest()
  }

  public var summary: String { "GroupLasso(\(strength), over: \(grouping))" }
}
