import RankineGraph

/// Makes the task small that is furthest above its reference, smoothly.
///
///     epochs before `warmUp`:  total = Σₖ log Lₖ
///     epoch `warmUp`:          the same, while zₖ becomes the mean of Lₖ
///     later:                   total = K μ log Σₖ exp(log(Lₖ/zₖ)/μ),   weights K softmax(log(L/z)/μ)
///
/// A task whose loss is not above 0 in a batch, as without an observed outcome, is left out of it.
///
/// - Units: none; a loss that is c times as large is the same to it once the reference is known.
/// - Source: Lin et al., ICML 2024, arXiv:2402.19078, section 3 (STCH); warm-up and reference as in
///   LibMTL.
public struct SmoothTchebycheff: Balancing {
  /// μ: the smaller, the more the worst task counts alone.
  public var mu: Double
  /// Epochs before the one whose mean losses are the reference.
  public var warmUp: Int

  /// - Parameters:
  ///   - mu: μ, above 0.
  ///   - warmUp: epochs before the one whose mean losses are the reference, at least 0.
  public init(mu: Double = 1, warmUp: Int = 4) {
    (self.mu, self.warmUp) = (mu, warmUp)
  }

  public var summary: String { "SmoothTchebycheff(mu: \(mu), warmUp: \(warmUp))" }

  public func validate() throws(Misuse) {
    try Misuse.unlessPositive(mu, "mu", of: "SmoothTchebycheff")
    guard warmUp >= 0 else {
      throw Misuse(
        "bad-hyperparameter", "the warm-up of SmoothTchebycheff is \(warmUp)",
        hint: "give a number of epochs of at least 0")
    }
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let (isPositive, logarithms) = losses.logarithmsWherePositive()
    let isReference: Tensor = equal(scope.epoch, scope.graph.constant(Double(warmUp)))
    let (sum, _) = scope.state("referenceSum", initial: 0) {
      $0 + isReference * isPositive * losses
    }
    let (steps, _) = scope.state("referenceSteps", initial: 0) { $0 + isReference * isPositive }
    let isKnown: Tensor = greater(steps, scope.graph.constant(0))
    let z: Tensor = select(isKnown, sum / maximum(steps, 1), sum.zeros + 1)

    let relative: Tensor = (logarithms - log(z)) / mu
    let lowest: Tensor = relative.zeros - 1e4
    let present: Tensor = select(isPositive, relative, lowest)
    let peaks = present.logSumExp(over: 0)
    let factor = mu * Double(scope.tasks.count)
    let softmax: Tensor = isPositive * exp(present - peaks)
    let isLate: Tensor = greater(scope.epoch, scope.graph.constant(Double(warmUp)))
    let loss: Tensor = select(isPositive, losses, losses.zeros + 1)
    let count = Double(scope.tasks.count)
    scope.record(weights: select(isLate, count * softmax, isPositive) / loss)
    let late: Tensor = isPositive.largest() * factor * peaks
    return select(isLate, late, logarithms.sum())
  }
}
