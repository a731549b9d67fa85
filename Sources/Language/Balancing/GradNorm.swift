import RankineGraph

/// Weighs the tasks so that they pull at the shared weights with norms that suit their training rates.
///
/// With gₖ the gradient of Lₖ with respect to the first shared weight, Lₖ(0) the task's loss in the
/// first step in which it is not 0:
///
///     Gₖ = wₖ ‖gₖ‖,   rₖ = Lₖ/Lₖ(0) over its mean,   dwₖ = sign(Gₖ − mean(G) rₖ^α) ‖gₖ‖
///
/// w takes an Adam step along −dw, is kept above 10⁻³ and rescaled to the sum K. A step uses the w from
/// before its own update, as constants: total = Σₖ wₖ Lₖ.
///
/// A ratio that is not positive (a loss that changed its sign) counts as 10⁻¹².
///
/// - Source: Chen, Badrinarayanan, Lee & Rabinovich, ICML 2018, arXiv:1711.02257, algorithm 1; the
///   first shared weight stands for the shared weights, and Adam's step for a plain one.
public struct GradNorm: Balancing {
  /// How strongly a task that lags behind is favoured.
  public let alpha: Double
  /// The step size of Adam on the weights.
  public let learningRate: Double

  /// - Parameters:
  ///   - alpha: α, at least 0.
  ///   - learningRate: the step size of Adam on the weights, above 0.
  public init(alpha: Double = 1.5, learningRate: Double = 0.025) {
    self.alpha = alpha
    self.learningRate = learningRate
  }

  public var summary: String { "GradNorm(alpha \(alpha), learning rate \(learningRate))" }
  public var needsTaskGradients: Bool { true }

  public func validate() throws(Misuse) {
    try Misuse.unlessNotNegative(alpha, "alpha", of: "GradNorm")
    try Misuse.unlessPositive(learningRate, "learning rate", of: "GradNorm")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let norms = scope.gradientNorms()
    let rates = relativeRates(losses.detached, in: scope)
    let (w, _) = scope.state("weights", initial: 1) { w in
      let pull: Tensor = w * norms
      let target: Tensor = pull.mean() * exp(alpha * log(rates))
      let moved: Tensor = w - adamStep(along: sign(pull - target) * norms, in: scope)
      let kept: Tensor = maximum(moved, 1e-3)
      return kept * (Double(scope.tasks.count) / kept.sum())
    }
    scope.record(weights: w)
    return (w * losses).sum()
  }

  /// Lₖ/Lₖ(0) over its mean [tasks].
  private func relativeRates(_ losses: Tensor, in scope: BalancingScope) -> Tensor {
    let (_, first) = scope.state("firstLosses", initial: 0) { select($0, $0, losses) }
    let one: Tensor = first.zeros + 1
    let ratio: Tensor = select(first, losses / select(first, first, one), one)
    let positive: Tensor = maximum(ratio, 1e-12)
    return positive / positive.mean()
  }

  /// Adam's step for a gradient [tasks]; its bias corrections are running sums of their own, which
  /// loses no digits.
  private func adamStep(along gradient: Tensor, in scope: BalancingScope) -> Tensor {
    let (beta1, beta2, epsilon) = (0.9, 0.999, 1e-8)
    func average(_ name: String, _ value: Tensor, _ beta: Double) -> Tensor {
      let (_, sum) = scope.state(name, initial: 0) { beta * $0 + (1 - beta) * value }
      let (_, mass) = scope.state(name + "Mass", initial: 0) { beta * $0 + (1 - beta) }
      return sum / mass
    }
    let mean = average("firstMoment", gradient, beta1)
    let power = average("secondMoment", square(gradient), beta2)
    return learningRate * mean / (sqrt(power) + epsilon)
  }
}
