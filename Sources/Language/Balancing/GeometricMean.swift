import RankineGraph

/// Makes the geometric mean of the losses small, which no unit of a loss can dominate.
///
///     total = (Πₖ Lₖ)^(1/K),   so that wₖ = total/(K Lₖ)
///
/// A task whose loss is not above 0 in a batch, as without an observed outcome, is left out of it, and
/// K counts the others; the total of a batch without any is 0.
///
/// - Units: those of the losses' geometric mean.
/// - Source: Chennupati et al., CVPR workshops 2019, arXiv:1904.08492, section 3.2 (GLS).
public struct GeometricMean: Balancing {
  /// The rule has no hyperparameter.
  public init() {}

  public var summary: String { "GeometricMean()" }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let (isPositive, logarithms) = losses.logarithmsWherePositive()
    let count: Tensor = maximum(isPositive.sum(), 1)
    let any: Tensor = isPositive.largest()
    let total: Tensor = any * exp(logarithms.sum() / count)
    let one: Tensor = losses.zeros + 1
    scope.record(weights: isPositive * total / (count * select(isPositive, losses, one)))
    return total
  }
}

extension Tensor {
  /// log of the losses above 0, and 0 for the others, through which no derivative passes.
  func logarithmsWherePositive() -> (isPositive: Tensor, logarithms: Tensor) {
    let isPositive: Tensor = greater(self, graph.constant(0))
    return (isPositive, log(select(isPositive, self, zeros + 1)))
  }
}
