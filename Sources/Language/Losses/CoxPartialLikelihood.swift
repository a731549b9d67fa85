import RankineData
import RankineGraph

/// The negative log partial likelihood of proportional hazards within the mini-batch.
///
/// A larger score means longer survival, so the log-risk is −f:
///
///     L = Σᵢ dᵢ ( fᵢ + log Σⱼ [tⱼ ≥ tᵢ] e^(−fⱼ) ) / max(1, Σᵢ dᵢ),   d = 1 for events
///
/// Times enter by their order alone. At tied times a censored row was still at risk; tied events share
/// one risk set (Breslow). A batch without an event has loss 0 and zero gradient.
///
/// The risk sums are relative to the batch's largest risk; a sum below 10⁻³⁰ of it counts as that.
///
/// - Units: nats.
/// - Source: Cox, JRSS B 34 (1972); Breslow, Biometrics 30 (1974) for ties.
public struct CoxPartialLikelihood: Loss {
  public let site: Site

  /// The loss for censored outcomes.
  public init(file: String = #fileID, line: Int = #line) {
    self.site = Site(file: file, line: line)
  }

  public var name: String { "CoxPartialLikelihood" }
  public var summary: String { "CoxPartialLikelihood()" }
  public var scales: Set<OutcomeScale> { [.censored] }

  public func values(on batch: TaskBatch) -> Tensor {
    // Keys say it all: events have high = low, censored rows low = ∞, missing rows NaN.
    let high = batch.perRow(LeafName.high), low = batch.perRow(LeafName.low)
    let isKnown: Tensor = equal(high, high)
    let isEvent: Tensor = equal(high, low)
    let risk: Tensor = -batch.scores
    let lowest: Tensor = batch.graph.constant(-1e30).broadcast(to: risk.shape)
    let peak: Tensor = select(isKnown, risk, lowest).largest(over: [1]).detached
      .reshaped(to: [.fixed(batch.tasks.count), 1])
    let relative: Tensor = select(isKnown, risk - peak, risk.zeros)
    let atRisk = riskSums(exp(relative), high: high, low: low)
    let terms: Tensor = log(maximum(atRisk, 1e-30)) - relative
    let sum = select(isEvent, terms, terms.zeros).sum(over: [1])
    return sum / maximum(isEvent.sum(over: [1]), 1)
  }

  /// Σⱼ [tⱼ ≥ tᵢ] wⱼ for each row i [tasks, batch].
  private func riskSums(_ weights: Tensor, high: Tensor, low: Tensor) -> Tensor {
    let pair = Graph()
    let rowLow = pair.input("rowLow", .scalar)
    let weight = pair.input("weight", .scalar), columnHigh = pair.input("columnHigh", .scalar)
    let isAtRisk: Tensor = greater(columnHigh, rowLow) + equal(columnHigh, rowLow)
    return pairReduce(
      of: isAtRisk * weight, .rows, rows: [rowLow], columns: [weight, columnHigh], scalars: [],
      over: PairOperands(rows: [low], columns: [weights, high], scalars: []))
  }
}
