import RankineGraph

/// Weighs the tasks so that they pull at the shared parameters with norms that suit their training
/// rates.
///
/// With gₖ the gradient of Lₖ with respect to the shared parameters and Lₖ(0) the task's first loss:
///
///     Gₖ = wₖ ‖gₖ‖,   rₖ = Lₖ/Lₖ(0) over its mean,   tₖ = mean(G) rₖ^α
///     dwₖ = sign(Gₖ − tₖ) ‖gₖ‖,   the slope of Σₖ |Gₖ − tₖ| with t held constant
///
/// Two forms of it are in use:
///
/// - `softmax`: w = K softmax(v), v trained by the optimizer of the network; all shared parameters;
///   Lₖ(0) is the mean over the first epoch, in which the weights are 1.
/// - `original`: w takes an Adam step of its own along −dw, is kept above 10⁻³ and rescaled to the sum
///   K; the first shared weight stands for the shared parameters; Lₖ(0) is the task's loss in the
///   first step in which it is not 0.
///
/// A step uses the w from before its own update, as constants: total = Σₖ wₖ Lₖ, with Σₖ wₖ gₖ for the
/// shared parameters. A ratio that is not
/// positive (a loss that changed its sign) counts as 10⁻¹².
///
/// - Source: Chen, Badrinarayanan, Lee & Rabinovich, ICML 2018, arXiv:1711.02257, algorithm 1, where w
///   takes a plain step and the last shared layer stands for the shared parameters; the softmax form is
///   LibMTL's.
public struct GradNorm: Balancing {
  /// How the weights are kept at the sum K, and what else follows from it.
  public enum Form: String, CaseIterable, HyperparameterValue {
    case softmax, original
  }

  /// How strongly a task that lags behind is favoured.
  public var alpha: Double
  /// Which of the forms in use.
  public var form: Form
  /// The step size of Adam on the weights of the original form.
  public var learningRate: Double

  /// - Parameters:
  ///   - alpha: α, at least 0.
  ///   - form: which of the forms in use.
  ///   - learningRate: the step size of Adam on the weights of the original form, above 0.
  public init(alpha: Double = 1.5, form: Form = .softmax, learningRate: Double = 0.025) {
    self.alpha = alpha
    self.form = form
    self.learningRate = learningRate
  }

  public var summary: String {
    let rate = form == .original ? ", learningRate: \(learningRate)" : ""
    return "GradNorm(alpha: \(alpha), form: .\(form)\(rate))"
  }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessNotNegative(alpha, "alpha", of: "GradNorm")
    try Misuse.unlessPositive(learningRate, "learning rate", of: "GradNorm")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    switch form {
    case .softmax: softmaxTotal(of: losses, in: scope)
    case .original: originalTotal(of: losses, in: scope)
    }
  }

  private func softmaxTotal(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let isFirst: Tensor = equal(scope.epoch, scope.graph.constant(0))
    let (_, sum) = scope.state("firstSum", initial: 0) { $0 + isFirst * losses.detached }
    let (_, steps) = scope.state("firstSteps", initial: 0) { $0 + isFirst }
    let rates = Self.relativeRates(losses.detached, first: sum / maximum(steps, 1))
    let v = scope.parameter("logits", initial: 1)
    let softmax: Tensor = exp(v - v.logSumExp(over: 0))
    let w: Tensor = Double(scope.tasks.count) * softmax
    let gradients = scope.taskGradients()
    let pull: Tensor = w * gradients.norms
    let distance: Tensor = abs(pull - target(pull.detached, rates)).sum()
    let used: Tensor = select(isFirst, w.zeros + 1, w).detached
    let total = scope.total(of: losses, weighing: gradients, by: used)
    // The distance is there for its slope along v alone.
    return total + (1 - isFirst) * (distance - distance.detached)
  }

  private func originalTotal(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let norms = scope.gradientNorms()
    let (_, first) = scope.state("firstLosses", initial: 0) { select($0, $0, losses.detached) }
    let rates = Self.relativeRates(losses.detached, first: first)
    let (w, _) = scope.state("weights", initial: 1) { w in
      let pull: Tensor = w * norms
      let slope: Tensor = sign(pull - target(pull, rates)) * norms
      let moved: Tensor = w - scope.adamStep(along: slope, learningRate: learningRate)
      let kept: Tensor = maximum(moved, 1e-3)
      return kept * (Double(scope.tasks.count) / kept.sum())
    }
    return scope.total(of: losses, weighing: scope.taskGradients(), by: w)
  }

  /// mean(G) r^α [tasks].
  func target(_ pull: Tensor, _ rates: Tensor) -> Tensor {
    pull.mean() * exp(alpha * log(rates))
  }

  /// Lₖ/Lₖ(0) over its mean [tasks].
  static func relativeRates(_ losses: Tensor, first: Tensor) -> Tensor {
    let one: Tensor = first.zeros + 1
    let ratio: Tensor = select(first, losses / select(first, first, one), one)
    let positive: Tensor = maximum(ratio, 1e-12)
    return positive / positive.mean()
  }
}
