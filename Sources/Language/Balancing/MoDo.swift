import RankineGraph

/// Weighs the tasks' gradients by weights that take one step a batch, with samples that do not depend
/// on each other.
///
/// With G₁, G₂, G₃ the tasks' gradients on three parts of the mini-batch and P the projection on the
/// simplex:
///
///     λ ← P(λ − γ (G₁ G₂ᵀ λ + ρ λ)),   λ = 1/K at first;   direction Σₖ λₖ g₃ₖ
///
/// The tasks' own parameters get their own gradients, of the whole mini-batch.
///
/// - Cost: three backward passes through the tasks' layers, and 3K through the shared ones.
/// - Source: Chen, Fernando, Ying & Chen, NeurIPS 2023, arXiv:2305.20057, algorithm 1. Departure: the
///   three batches are three random parts of one, so that all rules see as many rows.
public struct MoDo: Balancing {
  /// γ: the step of the weights.
  public var gamma: Double
  /// ρ: how strongly the weights are held near each other.
  public var rho: Double

  /// - Parameters:
  ///   - gamma: the step of the weights, at least 0.
  ///   - rho: how strongly the weights are held near each other, at least 0.
  public init(gamma: Double = 1e-3, rho: Double = 0.1) {
    (self.gamma, self.rho) = (gamma, rho)
  }

  public var summary: String { "MoDo(gamma: \(gamma), rho: \(rho))" }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessNotNegative(gamma, "gamma", of: "MoDo")
    try Misuse.unlessNotNegative(rho, "rho", of: "MoDo")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let parts = scope.lossesOfParts(3).map(scope.taskGradients)
    let products = parts[0].products(with: parts[1])
    let start = 1 / Double(scope.tasks.count)
    let (_, weights) = scope.state("weights", initial: start) { moved($0, products) }
    return scope.total(of: losses, sharing: parts[2], times: weights)
  }

  /// λ after a step [K], `products` being G₁ G₂ᵀ.
  func moved(_ weights: Tensor, _ products: Tensor) -> Tensor {
    projectedOnSimplex(weights - gamma * (products.times(weights) + rho * weights))
  }
}
