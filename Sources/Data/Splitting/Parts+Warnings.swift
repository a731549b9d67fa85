extension Parts {
  /// What a user should know about parts that are too small to judge a task by: a line for each task
  /// and part in which no two rows can be ordered.
  public func warnings(for outcomes: [OutcomeValues]) -> [String] {
    [("validation", validation), ("test", test)].flatMap { name, rows in
      outcomes.filter { !rows.isEmpty && !hasPair($0, among: rows) }.map {
        "task \"\($0.name)\": no two of the \(rows.count) \(name) rows can be ordered (one class, or no "
          + "event), so it has no concordance there"
      }
    }
  }

  /// Whether some row ranks above another: the highest key is above the lowest.
  private func hasPair(_ outcome: OutcomeValues, among rows: [Int]) -> Bool {
    let known = rows.filter { !outcome.high[$0].isNaN }
    guard let highest = known.map({ outcome.high[$0] }).max(),
      let lowest = known.map({ outcome.low[$0] }).min()
    else { return false }
    return highest > lowest
  }
}
