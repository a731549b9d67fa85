import RankineData
import RankineGraph

/// The negative log-likelihood of a Poisson count whose log-mean is the score, up to a constant.
///
///     ℓ(f, y) = eᶠ − y f,   with derivative eᶠ − y
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
    batch.meanOverObserved(exp(batch.scores) - batch.target * batch.scores)
  }
}
