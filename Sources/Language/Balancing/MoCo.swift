import RankineGraph

/// Follows each task's gradient by a running mean, and weighs the means by slowly moving weights.
///
/// With g̃ₖ = Lₖ gₖ/‖gₖ‖ and t the number of the step, from 1:
///
///     yₖ ← yₖ − β/t^β′ (yₖ − g̃ₖ)
///     λ ← softmax(λ − γ/t^γ′ (Y Yᵀ + ρ I) λ),   λ = 1/K at first
///
/// Shared parameters move along Σₖ λₖ yₖ; the tasks' own parameters get their own gradients.
///
/// - Cost: keeps K copies of the shared parameters.
/// - Source: Fernando et al., ICLR 2023, arXiv:2210.12624, algorithm 1 (MoCo), where λ is projected on
///   the simplex; softmax and the normalization of gradients are LibMTL's.
public struct MoCo: Balancing {
  /// β: the step of the running means.
  public var beta: Double
  /// β′: how fast it falls.
  public var betaDecay: Double
  /// γ: the step of the weights.
  public var gamma: Double
  /// γ′: how fast it falls.
  public var gammaDecay: Double
  /// ρ: what is added to the diagonal of Y Yᵀ.
  public var rho: Double

  /// - Parameters:
  ///   - beta: the step of the running means, above 0 and at most 1.
  ///   - betaDecay: how fast it falls, at least 0.
  ///   - gamma: the step of the weights, at least 0.
  ///   - gammaDecay: how fast it falls, at least 0.
  ///   - rho: what is added to the diagonal of Y Yᵀ, at least 0.
  public init(
    beta: Double = 0.5, betaDecay: Double = 0.5, gamma: Double = 0.1, gammaDecay: Double = 0.5,
    rho: Double = 0
  ) {
    (self.beta, self.betaDecay) = (beta, betaDecay)
    (self.gamma, self.gammaDecay, self.rho) = (gamma, gammaDecay, rho)
  }

  public var summary: String {
    "MoCo(beta: \(beta), betaDecay: \(betaDecay), gamma: \(gamma), "
      + "gammaDecay: \(gammaDecay), rho: \(rho))"
  }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessPositive(beta, "beta", of: "MoCo")
    try Misuse.unlessFraction(beta, "beta", of: "MoCo")
    try Misuse.unlessNotNegative(betaDecay, "decay of beta", of: "MoCo")
    try Misuse.unlessNotNegative(gamma, "gamma", of: "MoCo")
    try Misuse.unlessNotNegative(gammaDecay, "decay of gamma", of: "MoCo")
    try Misuse.unlessNotNegative(rho, "rho", of: "MoCo")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let own = scope.taskGradients()
    let one: Tensor = losses.detached.zeros + 1
    let norms: Tensor = select(own.isActive, own.norms, one)
    let tracked = scope.tracked(
      own.scaled(by: losses.detached / norms), step: beta * scope.falling(betaDecay))
    let count = scope.tasks.count
    let (_, weights) = scope.state("weights", initial: 1 / Double(count)) { current in
      let pull: Tensor = tracked.gram.times(current) + rho * current
      let moved: Tensor = current - gamma * scope.falling(gammaDecay) * pull
      return exp(moved - moved.logSumExp(over: 0))
    }
    return scope.total(of: losses, sharing: tracked, times: weights)
  }
}

extension BalancingScope {
  /// t^(−power), t the number of the step from 1, a scalar.
  func falling(_ power: Double) -> Tensor {
    power == 0 ? graph.constant(1) : exp(-power * log(maximum(step, 1)))
  }

  /// Running means of the tasks' gradients, 0 at first: y ← y − step (y − g).
  func tracked(_ gradients: TaskGradients, step: Tensor) -> TaskGradients {
    let means = gradients.parts.enumerated().map { task, parts in
      parts.enumerated().map { number, part in
        state("mean.\(task).\(number)", part.shape, initial: 0) { $0 - step * ($0 - part) }.next
      }
    }
    return TaskGradients(parts: means, graph: graph)
  }
}
