import RankineGraph

/// Minimizes the norm of the combined gradient, held near the mean gradient, with samples that do not
/// depend on each other.
///
/// With G₁, G₂, G₃ the tasks' gradients on three parts of the mini-batch, M = G₁ G₂ᵀ over the squared
/// mean of √diag, and P the projection on the simplex, in every step 20 times from the weights of the
/// step before:
///
///     v ← ½ v + M w + λ mean(M),   w ← P(w − 5 v),   v = 0 at first
///     direction = (Σₖ wₖ g₃ₖ + λ mean(g₃))/(1 + λ)
///
/// The tasks' own parameters get their own gradients, of the whole mini-batch.
///
/// - Cost: three backward passes through the tasks' layers, and 3K through the shared ones.
/// - Source: Xiao, Ban & Ji, NeurIPS 2023, arXiv:2305.18409, algorithm 1. Departure: the three batches
///   are three random parts of one, so that all rules see as many rows.
public struct SDMGrad: Balancing {
  /// λ: how strongly the direction is held near the mean gradient.
  public var lambda: Double
  /// Steps of the weights in each training step.
  public var iterations: Int

  /// - Parameters:
  ///   - lambda: how strongly the direction is held near the mean gradient, at least 0.
  ///   - iterations: steps of the weights in each training step, from 1 to 100.
  public init(lambda: Double = 0.3, iterations: Int = 20) {
    (self.lambda, self.iterations) = (lambda, iterations)
  }

  public var summary: String { "SDMGrad(lambda: \(lambda), iterations: \(iterations))" }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessNotNegative(lambda, "lambda", of: "SDMGrad")
    guard 1...100 ~= iterations else {
      throw Misuse(
        "bad-hyperparameter", "the iterations of SDMGrad are \(iterations)",
        hint: "give a number from 1 to 100")
    }
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let parts = scope.lossesOfParts(3).map(scope.taskGradients)
    let products = parts[0].products(with: parts[1])
    let share = 1 / Double(scope.tasks.count)
    let (_, w) = scope.state("weights", initial: share) { moved($0, products) }
    return scope.total(
      of: losses, sharing: parts[2], times: (w + lambda * share) / (1 + lambda))
  }

  /// w after the iterations [K], `products` being G₁ G₂ᵀ.
  func moved(_ weights: Tensor, _ products: Tensor) -> Tensor {
    let root = sqrt(abs(products.diagonal)).mean()
    let isUsable: Tensor = greater(root, root.graph.constant(TaskGradients.smallestNorm))
    let m: Tensor = products / square(select(isUsable, root, root.zeros + 1))
    let pull: Tensor = lambda * m.mean(over: [1])
    var (w, v) = (weights, weights.zeros)
    for _ in 0..<iterations {
      v = 0.5 * v + m.times(w) + pull
      w = projectedOnSimplex(w - 5 * v)
    }
    return w
  }
}
