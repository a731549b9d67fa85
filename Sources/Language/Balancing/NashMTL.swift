import RankineGraph

/// Weighs the tasks as in a bargain in which the product of their gains is largest.
///
///     G a = 1/a,  a > 0,   G the Gram matrix over its Frobenius norm,   total = Σₖ aₖ Lₖ
///
/// The weights act on the tasks' own parameters as well, and the gradient of the shared ones is
/// shortened to a norm of at most `mostNorm`. A task without a gradient has weight 0.
///
/// - Source: Navon et al., ICML 2022, arXiv:2202.01017, algorithm 1 (Nash-MTL); the equation is solved
///   in every step, by damped Newton steps on ½ aᵀGa − Σₖ log aₖ in place of a sequence of convex
///   programs.
public struct NashMTL: Balancing {
  /// The largest norm of the shared parameters' gradient.
  public var mostNorm: Double

  /// - Parameter mostNorm: the largest norm of the shared parameters' gradient, above 0.
  public init(mostNorm: Double = 1) {
    self.mostNorm = mostNorm
  }

  public var summary: String { "NashMTL(mostNorm: \(mostNorm))" }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessPositive(mostNorm, "most norm", of: "NashMTL")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let gradients = scope.taskGradients()
    let gram = gradients.gram
    let size: Tensor = sqrt(square(gram).sum())
    let relative: Tensor = gram / select(size, size, size.zeros + 1)
    let isActive = gradients.isActive
    let a = PowerBalance(alpha: 1).weights(relative, isActive: isActive).detached
    scope.record(weights: a)
    let length: Tensor = sqrt(maximum((a * gram.times(a)).sum(), 1e-24))
    let shortened: Tensor = a * minimum(mostNorm / length, 1)
    return scope.total(of: (a * losses).sum(), sharing: gradients.combined(shortened))
  }
}
