import RankineData
import RankineGraph

/// The negative log partial likelihood of proportional hazards within the mini-batch.
///
/// A larger score means longer survival, so the log-risk is −f:
///
///     L = Σᵢ dᵢ ( fᵢ + log Σⱼ [tⱼ ≥ tᵢ] e^(−fⱼ) ) / max(1, Σᵢ dᵢ),   d = 1 for events
///
/// Times enter by their order alone. At tied times a censored row was still at risk; tied events share
/// one risk set (Breslow). With entries a row is at risk from its entry on: [tⱼ ≥ tᵢ > entryⱼ]. A batch
/// without an event has loss 0 and zero gradient.
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
    batch.grouped(by: { $0.pairForms.first == .entered }) { batch in
      values(on: batch, hasEntries: batch.tasks[0].pairForms.first == .entered)
    }
  }

  private func values(on batch: TaskBatch, hasEntries: Bool) -> Tensor {
    // Keys say it all: events have high = low, censored rows low = ∞, missing rows NaN.
    let high = batch.perRow(LeafName.high), low = batch.perRow(LeafName.low)
    let isKnown: Tensor = equal(high, high)
    let isEvent: Tensor = equal(high, low)
    let risk: Tensor = -batch.scores
    let lowest: Tensor = batch.graph.constant(-1e30).broadcast(to: risk.shape)
    let peak: Tensor = select(isKnown, risk, lowest).largest(over: [1]).detached
      .reshaped(to: [.fixed(batch.tasks.count), 1])
    let relative: Tensor = select(isKnown, risk - peak, risk.zeros)
    let numbers = hasEntries ? batch.rowNumbers([.entered]) : []
    let atRisk = riskSums(exp(relative), high: high, low: low, numbers: numbers)
    let terms: Tensor = log(maximum(atRisk, 1e-30)) - relative
    let sum = select(isEvent, terms, terms.zeros).sum(over: [1])
    return sum / maximum(isEvent.sum(over: [1]), 1)
  }

  /// Σⱼ [tⱼ ≥ tᵢ > entryⱼ] wⱼ for each row i [tasks, batch].
  ///
  /// - Parameter numbers: those of `PairForm.entered`, or none.
  private func riskSums(
    _ weights: Tensor, high: Tensor, low: Tensor, numbers: [Tensor]
  ) -> Tensor {
    let pair = Graph()
    let names = numbers.indices.map { "Number\($0)" }
    let row = (["Low"] + names).map { pair.input("row" + $0, .scalar) }
    let column = (["Weight", "High"] + names).map { pair.input("column" + $0, .scalar) }
    var isAtRisk: Tensor = greater(column[1], row[0]) + equal(column[1], row[0])
    if !numbers.isEmpty {
      isAtRisk = isAtRisk * PairForm.entered.weight(Array(column[2...]), Array(row[1...]))
    }
    return pairReduce(
      of: isAtRisk * column[0], .rows, rows: row, columns: column, scalars: [],
      over: PairOperands(rows: [low] + numbers, columns: [weights, high] + numbers, scalars: []))
  }
}
