import RankineSupport

/// A comparison that cannot be made, continued or completed.
///
/// `code` is stable: `no-model`, `duplicate-model`, `bad-setting`, `bad-splits`, `already-exists`,
/// `other-setup`, `cells-failed`, `no-cells`, `two-cells`, `bad-shard`, `bad-reference`,
/// `unsuitable-model`.
public struct StudyError: UserError, Equatable {
  public let code: String
  public let place: String
  public let message: String
  public let hint: String?

  init(_ code: String, in place: String, _ message: String, hint: String? = nil) {
    (self.code, self.place, self.message, self.hint) = (code, place, message, hint)
  }
}
