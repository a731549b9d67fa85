import RankineGraph

/// Moves shared parameters along a direction whose projections on all tasks' gradients are equal, and
/// brings the losses to one scale.
///
///     L̃ₖ = e^(sₖ) Lₖ − sₖ,   s trained along with the network, 0 at first
///     Σₖ aₖ g̃ₖ·uᵢ equal for all i,  Σₖ aₖ = 1,   g̃ₖ the gradient of L̃ₖ, uₖ its direction
///
/// which has the solution a ∝ G⁻¹ n, n the norms. The tasks' own parameters get the gradients of L̃.
/// A coefficient may be negative. A task without a gradient has coefficient 0.
///
/// - Source: Liu et al., ICLR 2021, "Towards impartial multi-task learning", sections 3.1 and 3.2
///   (IMTL); both parts together, as in LibMTL. 10⁻⁶ on the diagonal of the cosines keeps equal
///   gradients solvable.
public struct IMTL: Balancing {
  /// Whether the scales s are trained, else 0.
  public var learnsScales: Bool

  /// - Parameter learnsScales: whether the scales s are trained, else 0.
  public init(learnsScales: Bool = true) {
    self.learnsScales = learnsScales
  }

  public var summary: String { "IMTL(learnsScales: \(learnsScales))" }
  public var sharedGradients: SharedGradients { .replaced }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let own = scope.taskGradients()
    guard learnsScales else {
      let a = Self.coefficients(own.gram, isActive: own.isActive)
      return scope.total(of: losses, sharing: own, times: a)
    }
    let s = scope.parameter("logScale", initial: 0)
    let scaled = own.scaled(by: exp(s).detached)
    let a = Self.coefficients(scaled.gram, isActive: own.isActive)
    return scope.total(of: exp(s) * losses - s, sharing: scaled, times: a)
  }

  /// a [K] of a Gram matrix [K, K].
  static func coefficients(_ gram: Tensor, isActive: Tensor) -> Tensor {
    let one: Tensor = isActive.zeros + 1
    let n: Tensor = select(isActive, sqrt(maximum(gram.diagonal, 1e-30)), one)
    let b = solveSystem(gram.cosines(norms: n, isActive: isActive), one)
    let raw: Tensor = isActive * b / n
    let sum = raw.sum()
    let isUsable: Tensor = greater(abs(sum), raw.graph.constant(1e-30))
    return raw / select(isUsable, sum, sum.zeros + 1)
  }
}
