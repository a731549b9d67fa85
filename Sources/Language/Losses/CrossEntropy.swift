import RankineData
import RankineGraph

/// The negative log-likelihood of a binary outcome whose log-odds are the score.
///
///     ℓ(f, y) = log(1 + eᶠ) − y f,   with derivative σ(f) − y
///
/// - Units: nats.
public struct CrossEntropy: Loss {
  public let site: Site

  /// The loss for binary outcomes.
  public init(file: String = #fileID, line: Int = #line) {
    self.site = Site(file: file, line: line)
  }

  public var name: String { "CrossEntropy" }
  public var summary: String { "CrossEntropy()" }
  public var scales: Set<OutcomeScale> { [.binary] }

  public func values(on batch: TaskBatch) -> Tensor {
    batch.meanOverObserved(softplus(batch.scores) - batch.target * batch.scores)
  }
}
