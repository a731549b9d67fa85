import RankineData
import RankineGraph

/// Weighs each task by its learned noise, so that losses in different units can be added.
///
/// With sₖ = log σₖ² one trainable number per task:
///
///     total = Σₖ cₖ e^(−sₖ) Lₖ + sₖ/2,   c = ½, or the given factor for binary and censored outcomes
///
/// For fixed losses sₖ tends to log(2 cₖ Lₖ), and the weight cₖ e^(−sₖ) to 1/(2 Lₖ).
///
/// - Units: the losses of tasks with c = ½ are in the square of the outcome's unit, others in nats.
/// - Source: Kendall, Gal & Cipolla, CVPR 2018, arXiv:1705.07115, section 3.2, where c = 1 for
///   classes; the defaults, c = ½ for all and s = −½ at first, are those of LibMTL. In s instead of σ,
///   as advised there, so that no step can make σ negative.
public struct Uncertainty: Balancing {
  /// The first value of every sₖ.
  public var initial: Double
  /// c of binary and censored outcomes: ½, or 1 as in the paper.
  public var classificationFactor: Double

  /// - Parameters:
  ///   - initial: the first value of every sₖ.
  ///   - classificationFactor: c of binary and censored outcomes, above 0.
  public init(initial: Double = -0.5, classificationFactor: Double = 0.5) {
    self.initial = initial
    self.classificationFactor = classificationFactor
  }

  public var summary: String {
    "Uncertainty(initial: \(initial), classificationFactor: \(classificationFactor))"
  }

  public func validate() throws(Misuse) {
    guard initial.isFinite else {
      throw Misuse(
        "bad-hyperparameter", "the initial value of Uncertainty is \(initial)",
        hint: "give a finite number, for example 0")
    }
    try Misuse.unlessPositive(
      classificationFactor, "classification factor", of: "Uncertainty")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let s = scope.parameter("logVariance", initial: initial)
    let c = scope.graph.numbers(
      scope.tasks.map {
        $0.scale == .binary || $0.scale == .censored ? classificationFactor : 0.5
      })
    let precision: Tensor = c * exp(-s)
    scope.record(weights: precision)
    return (precision * losses + 0.5 * s).sum()
  }
}
