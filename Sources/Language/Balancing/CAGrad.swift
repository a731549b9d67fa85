import RankineGraph

/// Looks near the mean gradient for the direction along which the task that gains least gains most.
///
///     g₀ = mean(g),   s = c ‖g₀‖,   w = argmin g_w·g₀ + s ‖g_w‖,   g_w = Σₖ wₖ gₖ,  w in the simplex
///     d = (g₀ + s g_w/‖g_w‖) / f,   f = 1, 1 + c² or 1 + c
///
/// The tasks' own parameters get their own gradients. g₀ is a mean, so that steps along plain gradients
/// are about K times smaller than those of ``Uniform``.
///
/// On a set S of tasks with weights, with A = 1ᵀG⁻¹1, B = 1ᵀG⁻¹q, C = qᵀG⁻¹q and qₖ = gₖ·g₀:
/// ν = (B + √(B² − A(C − s²)))/A is the common gain gₖ·d, and w is proportional to ν G⁻¹1 − G⁻¹q.
///
/// - Cost: 2ᴷ linear systems of K equations, exact without iteration; at most ten tasks.
/// - Source: Liu, Liu, Jin, Stone & Liu, NeurIPS 2021, arXiv:2110.14048, algorithm 1 (CAGrad), where a
///   numerical minimizer finds w; f = 1 + c² is LibMTL's default.
public struct CAGrad: Balancing {
  /// What the direction is divided by.
  public enum Rescaling: String, CaseIterable, HyperparameterValue {
    case none, squared, linear
  }

  /// c: how far from the mean gradient to look, in multiples of its norm.
  public var radius: Double
  /// What the direction is divided by: 1, 1 + c² or 1 + c.
  public var rescaling: Rescaling

  /// - Parameters:
  ///   - radius: c, at least 0.
  ///   - rescaling: what the direction is divided by: 1, 1 + c² or 1 + c.
  public init(radius: Double = 0.5, rescaling: Rescaling = .squared) {
    self.radius = radius
    self.rescaling = rescaling
  }

  public var summary: String {
    "CAGrad(radius: \(radius), rescaling: .\(rescaling))"
  }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessNotNegative(radius, "radius", of: "CAGrad")
  }

  public func validate(taskCount: Int) throws(Misuse) {
    try Misuse.unlessFew(taskCount, for: "CAGrad")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let gradients = scope.taskGradients()
    let a = coefficients(gradients.gram, isActive: gradients.isActive)
    return scope.total(of: losses, sharing: gradients, times: a)
  }

  private var divisor: Double {
    switch rescaling {
    case .none: 1
    case .squared: 1 + radius * radius
    case .linear: 1 + radius
    }
  }

  /// The coefficients of d [K] of a Gram matrix [K, K].
  func coefficients(_ gram: Tensor, isActive: Tensor) -> Tensor {
    let gram = gram.relativeToDiagonal
    let count = gram.shape[0].count ?? 1
    let q = gram.mean(over: [1])
    let s: Tensor = radius * sqrt(maximum(q.mean(), 0))
    let w = weights(gram, q, s, isActive: isActive)
    let length: Tensor = sqrt(maximum((w * gram.times(w)).sum(), 1e-24))
    return (1 / Double(count) + s / length * w) / divisor
  }

  /// w [K], by trying every set of tasks.
  func weights(_ gram: Tensor, _ q: Tensor, _ s: Tensor, isActive: Tensor) -> Tensor {
    let search = SupportSearch(isActive: isActive)
    let one: Tensor = q.zeros + 1
    let right = stack([one, q]).transposed([1, 0])
    let solutions = search.solutions(gram, right)
    let ofOne = solutions.element(0, along: 2), ofQ = solutions.element(1, along: 2)
    let a: Tensor = maximum(ofOne.sum(over: [1]), 1e-12)
    let b = ofQ.sum(over: [1])
    let c = (ofQ * q).sum(over: [1])
    let root: Tensor = sqrt(maximum(square(b) - a * (c - square(s)), 0))
    let gain: Tensor = (b + root) / a
    let column: Shape = [gain.shape[0], 1]
    let (w, isFeasible) = search.normalized(gain.reshaped(to: column) * ofOne - ofQ)
    let products = matmul(w, gram)
    let length: Tensor = sqrt(maximum((products * w).sum(over: [1]), 0))
    let values: Tensor = (w * q).sum(over: [1]) + s * length
    return search.best(of: w, values: values, isFeasible: isFeasible)
  }
}
