/// Which rows of a table are those of a task: the rows that come from one source.
///
/// Tasks of one source share its rows; tasks of different sources have none in common.
public struct RowSource: Sendable, Equatable, Hashable, Codable {
  /// The column that says where each row comes from.
  public let column: String
  /// What it holds in the task's rows.
  public let level: String
  /// The outcome that the task reads in these rows, by the name that its type knows.
  public let outcome: String

  public init(column: String, level: String, outcome: String) {
    (self.column, self.level, self.outcome) = (column, level, outcome)
  }

  /// The column that tables put together from several files have for this.
  public static let usualColumn = "source"

  /// Per row of a table: whether it is one of the task's.
  ///
  /// - Throws: `DataError` `missing-column`; `bad-outcome` where the table has no row of the source.
  func ownership(in table: Table, task: String) throws(DataError) -> [Bool] {
    let texts = try table.column(column, for: "task \"\(task)\"").texts()
    let owned = texts.map { $0 == level }
    if table.rowCount > 0, !owned.contains(true) {
      let known = Set(texts.compactMap { $0 }).sorted()
      throw .outcome(
        task, "no row of \(table.name) has \"\(level)\" in column \"\(column)\"",
        hint: "it has \(quotedList(known))")
    }
    return owned
  }
}

extension Outcome {
  /// The same outcome as a task of its own for each source that a column names, in the order of first
  /// appearance: `y.A` and `y.B`.
  ///
  /// - Throws: `DataError` `missing-column`; `bad-spec` for a column without two sources, or a column that
  ///   is the outcome itself.
  public func split(bySourcesIn column: String, of table: Table) throws(DataError) -> [Outcome] {
    let place = "source \"\(column)\""
    if columns.contains(column) {
      throw DataError(
        "bad-spec", in: place, "task \"\(name)\" reads this column as its outcome",
        hint: "name the column that says where a row comes from")
    }
    var levels: [String] = []
    var known: Set<String> = []
    for level in try table.column(column, for: place).texts() {
      if let level, known.insert(level).inserted { levels.append(level) }
    }
    guard levels.count > 1 else {
      throw DataError(
        "bad-spec", in: place, "the column has \(levels.count) sources, which makes no tasks",
        hint: "name a column with a value for each source, or leave --source out")
    }
    return levels.map {
      of(RowSource(column: column, level: $0, outcome: name), named: "\(name).\($0)")
    }
  }

  /// Whether a table has the columns that the task reads, and rows of its source if it has one.
  public func hasColumnsAndRows(in table: Table) -> Bool {
    guard columns.allSatisfy(table.contains) else { return false }
    guard let source else { return true }
    return table.columns.contains { column in
      column.name == source.column
        && (0..<table.rowCount).contains { column.text(at: $0) == source.level }
    }
  }
}

extension OutcomeValues {
  /// The same values under another name, missing outside of the task's own rows.
  func restricted(to owned: [Bool], named name: String) -> OutcomeValues {
    OutcomeValues(
      name: name, type: type, values: zip(values, owned).map { $1 ? $0 : .nan }, event: event,
      levels: levels, companions: companions.restricted(to: owned))
  }
}
