import Synchronization

/// How far a fit has come.
public struct TrainingProgress: Sendable {
  /// `path`, `adaptive` or `final`, with the task's name in front where each has a model of its own.
  public let stage: String
  /// Fits at one strength that have ended, of those that the stage needs.
  public let completedFits: Int
  public let fitCount: Int
  /// The validation concordance of the fit that has just ended, the mean over tasks.
  public let concordance: Double
}

/// Counts the fits of a stage from several threads.
final class ProgressCounter: Sendable {
  typealias Report = @Sendable (TrainingProgress) -> Void

  private let stage: String
  private let fitCount: Int
  private let report: Report?
  private let completed = Mutex(0)

  init(stage: String, fitCount: Int, report: Report?) {
    (self.stage, self.fitCount, self.report) = (stage, fitCount, report)
  }

  /// Reports one after the other, in the order in which the fits end.
  func finished(concordance: Double) {
    guard let report else { return }
    completed.withLock { count in
      count += 1
      report(
        TrainingProgress(
          stage: stage, completedFits: count, fitCount: fitCount, concordance: concordance))
    }
  }
}
