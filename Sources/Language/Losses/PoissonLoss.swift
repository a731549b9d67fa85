import RankineData
import RankineGraph

/// The negative log-likelihood of a Poisson count whose log-mean is the score, up to a constant.
///
///     ℓ(f, y) = eᶠ − y f,   with derivative eᶠ − y
///
/// With an exposure E the outcome is the rate r = y/E, the score its logarithm, and log E an offset:
/// ℓ = e^(f + log E) − y f = E (eᶠ − r f).
///
/// - Units: nats, log(y!) left out.
public struct PoissonLoss: Loss {
  public let site: Site

  /// The loss for counts.
  public init(file: String = #fileID, line: Int = #line) {
    self.site = Site(file: file, line: line)
  }

  public var name: String { "PoissonLoss" }
  public var summary: String { "PoissonLoss()" }
  public var scales: Set<OutcomeScale> { [.count] }

  public func values(on batch: TaskBatch) -> Tensor {
    batch.grouped(by: \.hasExposure) { batch in
      let value: Tensor = exp(batch.scores) - batch.target * batch.scores
      let isRate = batch.tasks[0].hasExposure
      return batch.meanOverObserved(isRate ? exp(batch.offset) * value : value)
    }
  }
}
