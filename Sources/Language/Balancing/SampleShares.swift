import RankineGraph

/// Weighs each task's loss by its share of all tasks' rows: Σᵣ (nᵣ/N) Lᵣ, the mean over all rows where
/// tasks have rows of their own.
///
/// Where tasks share their rows all weights are 1/K.
///
/// - Source: the risk whose rate in the total number of rows arXiv:2505.24281 bounds.
public struct SampleShares: Balancing {
  /// The rule has no hyperparameter.
  public init() {}

  public var summary: String { "SampleShares()" }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let shares = scope.graph.input(LeafName.share, scope.taskShape)
    scope.record(weights: shares)
    return (shares * losses).sum()
  }
}
