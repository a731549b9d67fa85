import RankineSupport

/// A table, outcome, split or simulation that cannot be used as asked.
///
/// `code` is stable: `missing-file`, `unreadable-file`, `empty-file`, `too-large`, `ragged-row`,
/// `open-quote`, `text-after-quote`, `duplicate-column`, `not-utf8`, `not-a-number`,
/// `missing-column`, `corrupt-gzip`, `corrupt-npy`, `corrupt-npz`, `missing-array`, `bad-spec`,
/// `unknown-type`, `bad-outcome`, `bad-features`, `bad-split`, `bad-simulation`.
public struct DataError: UserError, Equatable {
  public let code: String
  public let place: String
  public let message: String
  public let hint: String?

  public init(_ code: String, in place: String, _ message: String, hint: String? = nil) {
    (self.code, self.place, self.message, self.hint) = (code, place, message, hint)
  }
}

extension DataError {
  /// A task whose outcome cannot be used.
  static func outcome(_ task: String, _ message: String, hint: String? = nil) -> DataError {
    DataError("bad-outcome", in: "task \"\(task)\"", message, hint: hint)
  }

  /// A column that is not in the table, with the nearest name.
  static func missingColumn(_ name: String, of table: Table, for place: String) -> DataError {
    DataError(
      "missing-column", in: place, "\(table.name) has no column \"\(name)\"",
      hint: suggestion(for: name, among: table.columnNames))
  }
}

/// The first few of many names, quoted, for messages.
func quotedList(_ names: some Collection<String>, limit: Int = 8) -> String {
  let shown = names.prefix(limit).map { "\"\($0)\"" }.joined(separator: ", ")
  return names.count > limit ? shown + " and \(names.count - limit) more" : shown
}
