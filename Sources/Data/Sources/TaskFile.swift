import Foundation

/// A task whose rows are in a file of its own.
///
///     TaskFile(specification: "breast=days:continuous@breast.csv")
public struct TaskFile: Sendable {
  /// The outcome as its columns have it: `days:continuous`.
  public let outcome: Outcome
  /// What the task is called; the outcome's name unless another is given.
  public let task: String
  /// Where its rows are.
  public let path: String

  public init(_ outcome: Outcome, task: String? = nil, path: String) {
    (self.outcome, self.task, self.path) = (outcome, task ?? outcome.name, path)
  }

  /// Reads `SPEC@FILE` or `TASK=SPEC@FILE`, SPEC being a task as in `Outcome(specification:)`.
  ///
  /// - Returns: nil for a text that names no file.
  /// - Throws: `DataError` as `Outcome(specification:)`.
  public init?(specification text: String) throws(DataError) {
    guard let at = TaskFile.separator(in: text) else { return nil }
    let path = String(text[text.index(after: at)...])
    let declared = try Outcome(specification: String(text[..<at]))
    guard let equals = declared.name.firstIndex(of: "=") else {
      self.init(declared, path: path)
      return
    }
    let column = String(declared.name[declared.name.index(after: equals)...])
    self.init(
      Outcome(column, anyType: declared.type), task: String(declared.name[..<equals]), path: path)
  }

  /// The first `@` that follows a whole specification and is followed by something.
  private static func separator(in text: String) -> String.Index? {
    text.indices.first { index in
      text[index] == "@" && text.index(after: index) < text.endIndex
        && (try? Outcome(specification: String(text[..<index]))) != nil
    }
  }
}

extension Dataset {
  /// Tasks that have their rows in files of their own; the predictors are the columns that all files
  /// have in common.
  ///
  /// Tasks of one file share its rows. The rows lie one file below the other, with a column `source`
  /// that names the first task of the row's file.
  ///
  /// - Parameters:
  ///   - files: one or more tasks a file.
  ///   - features: predictors, patterns and scaling, for all files alike.
  /// - Throws: `DataError`, as `Table(contentsOf:)`, `Table.stacking` and `init(_:outcomes:features:)`;
  ///   `missing-column` when a file lacks predictors that another one has, unless `features` keeps them.
  public init(
    taskFiles files: [TaskFile], features: Features = Features()
  ) throws(DataError) {
    var parts: [(source: String, table: Table)] = []
    var sources: [String: String] = [:]
    var outcomes: [Outcome] = []
    for file in files {
      if sources[file.path] == nil {
        parts.append((file.task, try Table(contentsOf: URL(fileURLWithPath: file.path))))
        sources[file.path] = file.task
      }
      let source = RowSource(
        column: RowSource.usualColumn, level: sources[file.path] ?? file.task,
        outcome: file.outcome.name)
      outcomes.append(file.outcome.of(source, named: file.task))
    }
    let table = try Table.stacking(parts, sourceColumn: RowSource.usualColumn)
    if features.absent == .refused {
      try Dataset.refuseAbsent(try features.columns(of: table, outcomes: outcomes), in: parts)
    }
    try self.init(table, outcomes: outcomes, features: features)
  }

  /// - Throws: `DataError` (`missing-column`) for the first file that lacks predictors of another.
  private static func refuseAbsent(
    _ predictors: [String], in parts: [(source: String, table: Table)]
  ) throws(DataError) {
    for part in parts {
      let absent = predictors.filter { !part.table.contains($0) }
      guard let first = absent.first else { continue }
      let owner = parts.first { $0.table.contains(first) }?.table.name ?? ""
      throw DataError(
        "missing-column", in: part.table.name,
        "it lacks \(absent.count) predictor\(absent.count == 1 ? "" : "s") that another file has: "
          + "\(quotedList(absent)) (\"\(first)\" is in \(owner))",
        hint: "leave them out with --exclude, or keep them at their mean there with --absent mean")
    }
  }
}
