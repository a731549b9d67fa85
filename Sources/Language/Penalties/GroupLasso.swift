import RankineGraph

/// Removes whole inputs (or whole units) from a layer, by a penalty on the norm of their weights.
///
///     Ω(W) = Σⱼ ωⱼ ‖W[:, j]‖₂,   prox(W)[:, j] = max(0, 1 − t ωⱼ / ‖W[:, j]‖₂) · W[:, j]
///
/// with ω the column weights, 1 unless given. The norms are not multiplied by the root of the group
/// size: all groups of a layer have the same size.
///
/// - Shapes: the weight is [units, inputs] or [tasks, units, inputs].
/// - Differentiable except where a group is zero; there the gradient is taken as 0.
/// - Source: Yuan & Lin, JRSS B 68 (2006), section 2.
public struct GroupLasso: Penalty {
  /// Which weights stand or fall together.
  public enum Grouping: String, Hashable, Sendable {
    /// All weights that leave one input: a column of the weight.
    case inputs
    /// All weights that enter one unit: a row of the weight. Column weights have no part in it.
    case units
  }

  public let strength: Strength
  /// Which weights stand or fall together.
  public let grouping: Grouping

  /// A penalty on inputs (columns) by default.
  public init(_ strength: Strength = .path(count: 8), over grouping: Grouping = .inputs) {
    (self.strength, self.grouping) = (strength, grouping)
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    let norms: Tensor = weight.norm(over: [axis(of: weight)])
    return strength * (factor(columnWeights).map { norms * $0 } ?? norms).sum()
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let axis = axis(of: weight)
    var kept = weight.shape
    kept.dimensions[axis] = 1
    let norms: Tensor = weight.norm(over: [axis])
    let limit: Tensor = factor(columnWeights).map { threshold * $0 } ?? threshold
    let shrinkage: Tensor = maximum(1 - limit / norms, 0)
    return weight * shrinkage.reshaped(to: kept)
  }

  public var summary: String { "GroupLasso(\(strength), over \(grouping.rawValue))" }

  private func axis(of weight: Tensor) -> Int {
    weight.shape.rank - (grouping == .inputs ? 2 : 1)
  }

  private func factor(_ columnWeights: Tensor?) -> Tensor? {
    grouping == .inputs ? columnWeights : nil
  }
}
