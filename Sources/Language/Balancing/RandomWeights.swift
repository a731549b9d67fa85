import RankineGraph

/// Draws new weights at every step: the softmax of standard normal numbers.
///
///     w = softmax(z),   z ~ N(0, I),   total = Σₖ wₖ Lₖ
///
/// The weights' sum is 1, not K, so that steps along plain gradients are K times smaller than those of
/// ``Uniform``.
///
/// - Source: Lin, Ye, Zhang & Tsang, TMLR 2022, arXiv:2111.10603, section 3 (RLW).
public struct RandomWeights: Balancing {
  /// The rule has no hyperparameter.
  public init() {}

  public var summary: String { "RandomWeights()" }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let z = scope.normal(scope.taskShape)
    let w: Tensor = exp(z - z.logSumExp(over: 0))
    scope.record(weights: w)
    return (w * losses).sum()
  }
}
