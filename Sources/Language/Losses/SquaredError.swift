import RankineData
import RankineGraph

/// The square of the residual, for errors of finite variance.
///
///     ℓ(f, y) = (f − y)²
///
/// Ordinal outcomes count as their levels 0, 1, 2, …, counts as they are.
///
/// - Units: the square of the targets' unit. Training gives continuous outcomes in median absolute
///   deviations of the training rows, unless told otherwise.
public struct SquaredError: Loss {
  public let site: Site

  /// The loss for continuous, ordinal and count outcomes.
  public init(file: String = #fileID, line: Int = #line) {
    self.site = Site(file: file, line: line)
  }

  public var name: String { "SquaredError" }
  public var summary: String { "SquaredError()" }
  public var scales: Set<OutcomeScale> { [.continuous, .ordinal, .count] }

  public func values(on batch: TaskBatch) -> Tensor {
    batch.meanOverObserved(square(batch.scores - batch.target))
  }
}
