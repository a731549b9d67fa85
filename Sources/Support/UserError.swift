/// An error that a user can cause and mend: what is wrong, where, and the remedy.
///
/// Each area has one public type that conforms to it. The command line prints
/// `error[code] in place: message` and, on the next line, `hint: remedy`.
public protocol UserError: Error, CustomStringConvertible, Sendable {
  /// Stable, lower-case with dashes, for scripts: `"ragged-row"`.
  var code: String { get }
  /// In the user's terms (file and line, task, layer, column), or empty.
  var place: String { get }
  /// What was expected and what was found, without a closing full stop.
  var message: String { get }
  /// What to do about it, or nil where nothing can be advised.
  var hint: String? { get }
}

extension UserError {
  public var description: String {
    let head =
      place.isEmpty ? "error[\(code)]: \(message)" : "error[\(code)] in \(place): \(message)"
    return hint.map { head + "\n  hint: " + $0 } ?? head
  }
}
