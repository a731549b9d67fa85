import RankineData
import RankineGraph

/// Weighs each task by its learned noise, so that losses in different units can be added.
///
/// With sₖ = log σₖ² one trainable number per task:
///
///     total = Σₖ cₖ e^(−sₖ) Lₖ + sₖ/2,   c = 1 for binary and censored outcomes, else ½
///
/// - Units: the losses of tasks with c = ½ are in the square of the outcome's unit, others in nats.
/// - Source: Kendall, Gal & Cipolla, CVPR 2018, arXiv:1705.07115, section 3.2; in s instead of σ, as
///   advised there, so that no step can make σ negative.
public struct Uncertainty: Balancing {
  /// The first value of every sₖ.
  public let initial: Double

  /// - Parameter initial: the first value of every sₖ.
  public init(initial: Double = 0) {
    self.initial = initial
  }

  public var summary: String { "Uncertainty(initial \(initial))" }

  public func validate() throws(Misuse) {
    guard initial.isFinite else {
      throw Misuse(
        "bad-hyperparameter", "the initial value of Uncertainty is \(initial)",
        hint: "give a finite number, for example 0")
    }
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let s = scope.parameter("logVariance", initial: initial)
    let c = scope.graph.numbers(
      scope.tasks.map { $0.scale == .binary || $0.scale == .censored ? 1 : 0.5 })
    let precision: Tensor = c * exp(-s)
    scope.record(weights: precision)
    return (precision * losses + 0.5 * s).sum()
  }
}
