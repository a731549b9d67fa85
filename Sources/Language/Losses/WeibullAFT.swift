import RankineData
import RankineGraph

/// The negative log-likelihood of Weibull times whose median log-time moves with the score: accelerated
/// failure.
///
/// With log t = f + s·ε, ε of the smallest-extreme-value distribution and s one learned scale a task:
///
///     z = (log t − f)/s
///     ℓ = eᶻ − z + log s  for events,   eᶻ  for censored times
///
/// A row that enters at a time t₀ is known to have been event-free until then, so that its ℓ is less by
/// eᶻ at t₀.
///
/// A larger score means longer survival; e^f is the time by which 63 % have had the event. s starts at 1,
/// exponential times. A time below 10⁻⁶ counts as that.
///
/// - Units: nats, log t left out. Training gives times in units of their median over the training rows,
///   unless told otherwise.
/// - Source: Kalbfleisch & Prentice, The Statistical Analysis of Failure Time Data (2002), sections 3.6 and 3.2.
public struct WeibullAFT: Loss {
  public let site: Site

  /// The loss for censored outcomes.
  public init(file: String = #fileID, line: Int = #line) {
    self.site = Site(file: file, line: line)
  }

  public var name: String { "WeibullAFT" }
  public var summary: String { "WeibullAFT()" }
  public var scales: Set<OutcomeScale> { [.censored] }

  public func values(on batch: TaskBatch) -> Tensor {
    batch.grouped(by: { $0.pairForms.first == .entered }) { batch in
      values(on: batch, hasEntries: batch.tasks[0].pairForms.first == .entered)
    }
  }

  private func values(on batch: TaskBatch, hasEntries: Bool) -> Tensor {
    let logScale = batch.parameter("logScale", initial: 0)
      .reshaped(to: [.fixed(batch.tasks.count), 1])
    // Events have high = low, censored rows low = ∞.
    let isEvent: Tensor = equal(batch.perRow(LeafName.high), batch.perRow(LeafName.low))
    let logTime: Tensor = log(maximum(batch.target, 1e-6))
    let z: Tensor = (logTime - batch.scores) * exp(-logScale)
    let loss: Tensor = exp(z) - isEvent * (z - logScale)
    guard hasEntries else { return batch.meanOverObserved(loss) }
    let share: Tensor = maximum(batch.perRow(LeafName.entryShare), 1e-12)
    return batch.meanOverObserved(loss - exp(z + log(share) * exp(-logScale)))
  }
}
