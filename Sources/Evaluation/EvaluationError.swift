import RankineSupport

/// Scores or outcomes that cannot be calibrated or measured.
///
/// - `no-observed-outcome`: no row has a finite score and an outcome.
/// - `not-binary`: a binary outcome holds something else than 0 and 1.
/// - `level-out-of-range`: an ordinal outcome holds something else than a level index.
public struct EvaluationError: UserError, Equatable {
  /// One of the codes above.
  public let code: String
  /// The task, or empty.
  public let place: String
  /// What was expected and what was found.
  public let message: String
  /// What to do about it.
  public let hint: String?

  static func noObservedOutcome(task: String) -> EvaluationError {
    EvaluationError(
      code: "no-observed-outcome", place: task,
      message: "no row has both a score and an outcome, so there is nothing to calibrate on",
      hint: "give this task rows with its outcome in the training or the validation part")
  }

  static func notBinary(_ value: Double, task: String) -> EvaluationError {
    EvaluationError(
      code: "not-binary", place: task,
      message: "expected outcomes 0 and 1, found \(value)",
      hint: "declare the outcome as ordinal, count or continuous")
  }

  static func levelOutOfRange(_ value: Double, levels: Int, task: String) -> EvaluationError {
    EvaluationError(
      code: "level-out-of-range", place: task,
      message: "expected a level from 0 to \(levels - 1), found \(value)",
      hint: "declare every level of the outcome")
  }
}
