import RankineGraph

/// Combines the gradients so that the tasks' gains are α-fair, as users of a network share its capacity.
///
///     G a = a^(−1/α),  a > 0,   direction Σₖ aₖ gₖ
///
/// α = 1 is the equation of ``NashMTL``; a larger α favours the tasks that gain least. The
/// tasks' own parameters get their own gradients. A task without a gradient has coefficient 0.
///
/// - Source: Ban & Ji, ICML 2024, arXiv:2402.15638, section 4 (FairGrad); solved by damped Newton steps
///   in place of constrained least squares.
public struct FairGrad: Balancing {
  /// α: how much the tasks that gain least count.
  public var alpha: Double

  /// - Parameter alpha: how much the tasks that gain least count, above 0.
  public init(alpha: Double = 1) {
    self.alpha = alpha
  }

  public var summary: String { "FairGrad(alpha: \(alpha))" }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessPositive(alpha, "alpha", of: "FairGrad")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let gradients = scope.taskGradients()
    let a = PowerBalance(alpha: alpha).weights(gradients.gram, isActive: gradients.isActive)
    return scope.total(of: losses, sharing: gradients, times: a)
  }
}
