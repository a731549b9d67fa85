import RankineGraph

/// Moves shared parameters along the shortest combination of the tasks' gradients, along which no loss
/// grows.
///
///     a = argmin ‖Σₖ aₖ gₖ‖²,   a ≥ 0,  Σₖ aₖ = 1
///
/// The tasks' own parameters get their own gradients. The gradients may be divided first, by their
/// norms, the losses, or both; the combination is then one of the divided gradients. A task without a
/// gradient has no part: the shortest combination would stand still for it.
///
/// - Cost: 2ᴷ linear systems of K equations, exact without iteration; at most ten tasks.
/// - Source: Sener & Koltun, NeurIPS 2018, arXiv:1810.04650, section 3 (MGDA), where Frank-Wolfe steps
///   find a.
public struct MGDA: Balancing {
  /// What the tasks' gradients are divided by.
  public enum Normalization: String, CaseIterable, HyperparameterValue {
    case none, norm, loss, lossAndNorm
  }

  /// What the tasks' gradients are divided by.
  public var normalization: Normalization

  /// - Parameter normalization: what the tasks' gradients are divided by.
  public init(normalization: Normalization = .none) {
    self.normalization = normalization
  }

  public var summary: String { "MGDA(normalization: .\(normalization))" }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate(taskCount: Int) throws(Misuse) {
    try Misuse.unlessFew(taskCount, for: "MGDA")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let own = scope.taskGradients()
    let divided = normalization == .none ? own : own.scaled(by: factors(own, losses.detached))
    let a = Self.coefficients(divided.gram, isActive: own.isActive)
    return scope.total(of: losses, sharing: divided, times: a)
  }

  private func factors(_ gradients: TaskGradients, _ losses: Tensor) -> Tensor {
    let one: Tensor = losses.zeros + 1
    let norm: Tensor = select(gradients.isActive, gradients.norms, one)
    let isPositive: Tensor = greater(losses, losses.graph.constant(1e-12))
    let loss: Tensor = select(isPositive, losses, one)
    switch normalization {
    case .none: return one
    case .norm: return 1 / norm
    case .loss: return 1 / loss
    case .lossAndNorm: return 1 / (loss * norm)
    }
  }

  /// a [K] of a Gram matrix [K, K].
  static func coefficients(_ gram: Tensor, isActive: Tensor) -> Tensor {
    let gram = gram.relativeToDiagonal
    let search = SupportSearch(isActive: isActive)
    let one: Tensor = gram.graph.constant(1).broadcast(to: [.fixed(search.count), 1])
    let solutions = search.solutions(gram, one)
    let (weights, isFeasible) = search.normalized(
      solutions.reshaped(to: search.members.shape))
    let values = (matmul(weights, gram) * weights).sum(over: [1])
    return search.best(of: weights, values: values, isFeasible: isFeasible)
  }
}
