import Synchronization

/// How far a fit has come.
public struct TrainingProgress: Sendable {
  /// The task whose own model it is about; nil for a model of all tasks.
  public let task: String?
  /// `path`, `adaptive`, or `subsamples` of a stability selection.
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

  private let task: String?
  private let stage: String
  private let fitCount: Int
  private let report: Report?
  private let completed = Mutex(0)

  init(task: String?, stage: String, fitCount: Int, report: Report?) {
    self.task = task
    (self.stage, self.fitCount, self.report) = (stage, fitCount, report)
  }

  /// Reports one after the other, in the order in which the fits end.
  func finished(concordance: Double) {
    guard let report else { return }
    completed.withLock { count in
      count += 1
      report(
        TrainingProgress(
          task: task, stage: stage, completedFits: count, fitCount: fitCount,
          concordance: concordance))
    }
  }
}
