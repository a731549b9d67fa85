import RankineSupport

/// A sparse-pattern regression that cannot be fitted: what is wrong, and in which task or setting.
///
/// - `bad-task`: responses that do not fit the rows or the kind of task.
/// - `bad-feature`: a predictor's value that is no number.
/// - `different-features`: tasks whose numbers of features differ.
/// - `no-task`: a problem without tasks.
/// - `bad-setting`: a support size, penalty or limit outside its range.
/// - `repeated-term`: a declaration that says something twice.
/// - `missing-support`: a declaration without the size of supports.
/// - `not-squared-loss`: the quadratic relaxation of a task that is not gaussian.
/// - `needs-ridge`: a certificate that is asked for without ridge and without bound on coefficients.
/// - `unsupported-outcome`: an outcome that linear scores with these losses do not fit.
public struct SparseError: UserError, Equatable {
  /// One of the codes above.
  public let code: String
  /// The task or setting.
  public let place: String
  /// What was expected and what was found.
  public let message: String
  /// What to do about it.
  public let hint: String?

  init(_ code: String, at place: String, _ message: String, hint: String? = nil) {
    (self.code, self.place, self.message, self.hint) = (code, place, message, hint)
  }

  /// - Throws: `bad-setting` for a strength that is negative or no number.
  static func requireStrength(_ value: Double, of name: String) throws(SparseError) {
    guard !(value.isFinite && value >= 0) else { return }
    throw SparseError(
      "bad-setting", at: name, "its strength is \(value)",
      hint: "give a finite number of at least 0")
  }
}
