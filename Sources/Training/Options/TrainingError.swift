import RankineSupport

/// Data or options that a model cannot be trained with, or training that went astray.
///
/// `code` is stable: `bad-option`, `no-observed-outcome`, `one-class`, `no-comparable-pair`,
/// `all-censored`, `bad-parts`, `not-finite`, `bad-run`.
public struct TrainingError: UserError, Equatable {
  public let code: String
  public let place: String
  public let message: String
  public let hint: String?

  package init(_ code: String, at place: String, _ message: String, hint: String? = nil) {
    (self.code, self.place, self.message, self.hint) = (code, place, message, hint)
  }
}
