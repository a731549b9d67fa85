import RankineGraph

/// Lets all log-losses fall at the same rate, without a gradient per task.
///
/// With logits ξ, 0 at first, and z = softmax(ξ):
///
///     wₖ = zₖ/(Dₖ c),   Dₖ = Lₖ + 10⁻⁸,   c = Σₖ zₖ/Dₖ,   total = Σₖ wₖ Lₖ
///
/// After the step the losses of the same batch are computed again, and ξ takes an Adam step along
/// Jᵀδ, δₖ = log Dₖ before − log Dₖ after and J that of the softmax, with decay: a task that improved
/// least gains weight. A task whose loss is not above 0 in a batch is left out of it.
///
/// - Cost: one more forward pass.
/// - Source: Liu, Feng, Stone & Liu, NeurIPS 2023, arXiv:2306.03792, algorithm 1 (FAMO), with 0 as the
///   least value of every loss.
public struct FAMO: Balancing {
  /// The step size of Adam on the logits.
  public var learningRate: Double
  /// How much of ξ is added to its gradient.
  public var decay: Double

  /// - Parameters:
  ///   - learningRate: the step size of Adam on the logits, above 0.
  ///   - decay: how much of ξ is added to its gradient, at least 0.
  public init(learningRate: Double = 0.025, decay: Double = 1e-3) {
    (self.learningRate, self.decay) = (learningRate, decay)
  }

  public var summary: String { "FAMO(learningRate: \(learningRate), decay: \(decay))" }

  public func validate() throws(Misuse) {
    try Misuse.unlessPositive(learningRate, "learning rate", of: "FAMO")
    try Misuse.unlessNotNegative(decay, "decay", of: "FAMO")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let before = losses.detached
    let logits = scope.adamAfterStep("logits", learningRate: learningRate) { logits, after in
      slope(logits, before: before, after: after) + decay * logits
    }
    let w = Self.weights(logits, before).detached
    scope.record(weights: w)
    return (w * losses).sum()
  }

  /// wₖ [tasks]; 0 for a task whose loss is not above 0.
  static func weights(_ logits: Tensor, _ losses: Tensor) -> Tensor {
    let isPositive: Tensor = greater(losses, losses.graph.constant(0))
    let z: Tensor = exp(logits - logits.logSumExp(over: 0))
    let shares: Tensor = isPositive * z / (select(isPositive, losses, losses.zeros + 1) + 1e-8)
    let sum = shares.sum()
    return shares / select(sum, sum, sum.zeros + 1)
  }

  /// Jᵀδ [tasks].
  private func slope(_ logits: Tensor, before: Tensor, after: Tensor) -> Tensor {
    let zero = before.graph.constant(0)
    let isKnown: Tensor = greater(before, zero) * greater(after, zero)
    func logarithm(_ losses: Tensor) -> Tensor {
      log(select(isKnown, losses, losses.zeros + 1) + 1e-8)
    }
    let z: Tensor = exp(logits - logits.logSumExp(over: 0))
    let delta: Tensor = logarithm(before) - logarithm(after)
    return z * (delta - (z * delta).sum())
  }
}
