import RankineGraph

/// Brings the gradients of log-losses to one norm, the largest.
///
/// With gₖ the gradient of log(Lₖ + 10⁻⁸) and t the number of the step, from 1:
///
///     mₖ ← gₖ + β/t^β′ (mₖ − gₖ),   direction Σₖ (maxₗ ‖mₗ‖/‖mₖ‖) mₖ
///
/// The tasks' own parameters get the gradients of the log-losses. A loss that is not above 0 in a
/// batch, as without an observed outcome, has no gradient.
///
/// - Cost: keeps K copies of the shared parameters.
/// - Source: Lin et al., 2023, "Dual-balancing for multi-task learning", arXiv:2308.12029, algorithm 1
///   (DB-MTL).
public struct DBMTL: Balancing {
  /// β: the weight of the past in the running means.
  public var beta: Double
  /// β′: how fast it falls.
  public var betaDecay: Double

  /// - Parameters:
  ///   - beta: the weight of the past in the running means, from 0 to 1.
  ///   - betaDecay: how fast it falls, at least 0.
  public init(beta: Double = 0.9, betaDecay: Double = 0) {
    (self.beta, self.betaDecay) = (beta, betaDecay)
  }

  public var summary: String { "DBMTL(beta: \(beta), betaDecay: \(betaDecay))" }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessFraction(beta, "beta", of: "DBMTL")
    try Misuse.unlessNotNegative(betaDecay, "decay of beta", of: "DBMTL")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let isPositive: Tensor = greater(losses, scope.graph.constant(0))
    let shifted: Tensor = select(isPositive, losses, losses.zeros + 1) + 1e-8
    let ofLogarithms = scope.taskGradients().scaled(by: isPositive / shifted.detached)
    let means = scope.tracked(ofLogarithms, step: 1 - beta * scope.falling(betaDecay))
    let factors = Self.factors(norms: means.norms)
    scope.record(weights: factors * isPositive / shifted)
    return scope.total(of: log(shifted).sum(), sharing: means.combined(factors))
  }

  /// maxₗ ‖mₗ‖/‖mₖ‖ [tasks]; 0 for a task without a gradient.
  static func factors(norms: Tensor) -> Tensor {
    let isActive: Tensor = greater(norms, norms.graph.constant(TaskGradients.smallestNorm))
    return isActive * norms.largest() / select(isActive, norms, norms.zeros + 1)
  }
}
