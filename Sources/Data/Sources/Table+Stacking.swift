extension Table {
  /// Tables of different sources one below the other, with a column that says where each row comes from.
  ///
  /// Columns are matched by name. A cell that a source's table has no column for is missing; numbers
  /// and texts are read from the files that they are in, so that an error names file and line.
  ///
  /// - Parameters:
  ///   - parts: each source with its table, in the order of the rows.
  ///   - column: the name of the new column, the first one.
  /// - Throws: `DataError` `bad-spec` for two sources of one name; `duplicate-column` when a table has a
  ///   column of that name already.
  public static func stacking(
    _ parts: [(source: String, table: Table)], sourceColumn column: String
  ) throws(DataError) -> Table {
    var sources: Set<String> = []
    for (source, table) in parts {
      if !sources.insert(source).inserted {
        throw DataError(
          "bad-spec", in: "source \"\(source)\"", "two files are of this source",
          hint: "give each file a task name of its own")
      }
      if table.contains(column) {
        throw DataError(
          "duplicate-column", in: table.name,
          "the column \"\(column)\" is there already, and rows get one of this name from their file",
          hint: "rename the column, or put the files together and use --source \(column)")
      }
    }
    var names: [String] = []
    var known: Set<String> = []
    for name in parts.flatMap(\.table.columnNames) where known.insert(name).inserted {
      names.append(name)
    }
    let origin = Column(
      column, texts: parts.flatMap { Array(repeating: $0.source, count: $0.table.rowCount) })
    let columns = names.map { name in
      Column(
        name,
        stacking: parts.map { part in
          part.table.columns.first { $0.name == name }.map { .column($0) }
            ?? .absent(part.table.rowCount)
        })
    }
    return try Table(
      parts.map(\.table.name).joined(separator: " + "), columns: [origin] + columns)
  }
}

/// A column of several tables, one below the other.
struct StackedColumn: Sendable {
  /// A table's part: its column, or so many missing cells.
  indirect enum Part: Sendable {
    case column(Column)
    case absent(Int)

    var rowCount: Int {
      switch self {
      case .column(let column): column.rowCount
      case .absent(let count): count
      }
    }
  }

  private let parts: [Part]
  /// The first row of each part.
  private let starts: [Int]
  let rowCount: Int

  init(_ parts: [Part]) {
    var starts: [Int] = []
    var count = 0
    for part in parts {
      starts.append(count)
      count += part.rowCount
    }
    (self.parts, self.starts, rowCount) = (parts, starts, count)
  }

  /// The column that a row lies in, and where; nil for a cell that is not there.
  func place(of row: Int) -> (column: Column, row: Int)? {
    let index = (starts.lastIndex { $0 <= row && row < rowCount }) ?? 0
    guard parts.indices.contains(index), case .column(let column) = parts[index] else { return nil }
    let position = row - starts[index]
    return position < column.rowCount ? (column, position) : nil
  }
}
