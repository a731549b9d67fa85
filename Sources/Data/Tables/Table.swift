import RankineSupport

/// Named columns of equal length, read from a file or given in memory.
///
/// Cells are kept as the bytes of the file and parsed when a column is asked for, so that opening
/// a wide table costs one scan.
public struct Table: Sendable {
  /// What messages call it: the file's name.
  public let name: String
  /// In the order of the file.
  public let columns: [Column]
  /// The number of rows, the header not counted.
  public let rowCount: Int
  private let positions: [String: Int]

  /// A table of columns in memory.
  ///
  /// - Throws: `DataError` `ragged-row` for columns of unequal length, `duplicate-column`.
  public init(_ name: String, columns: [Column]) throws(DataError) {
    let rowCount = columns.first?.rowCount ?? 0
    if let odd = columns.first(where: { $0.rowCount != rowCount }) {
      throw DataError(
        "ragged-row", in: name,
        "column \"\(odd.name)\" has \(odd.rowCount) rows, \"\(columns[0].name)\" has \(rowCount)",
        hint: "give every column the same number of rows")
    }
    var positions: [String: Int] = [:]
    for (index, column) in columns.enumerated() {
      if let first = positions.updateValue(index, forKey: column.name) {
        throw DataError(
          "duplicate-column", in: name,
          "columns \(first + 1) and \(index + 1) are both named \"\(column.name)\"",
          hint: "give each column its own name")
      }
    }
    (self.name, self.columns, self.rowCount) = (name, columns, rowCount)
    self.positions = positions
  }

  /// In the order of the file.
  public var columnNames: [String] { columns.map(\.name) }

  /// Whether there is a column of that name.
  public func contains(_ column: String) -> Bool { positions[column] != nil }

  /// The column of that name.
  ///
  /// - Parameter place: what needs the column, for the message; the table's name when nil.
  /// - Throws: `DataError` `missing-column` with the nearest name.
  public func column(_ name: String, for place: String? = nil) throws(DataError) -> Column {
    guard let index = positions[name] else {
      throw .missingColumn(name, of: self, for: place ?? self.name)
    }
    return columns[index]
  }

  /// The columns that a list of names and patterns selects, in the order of the table.
  ///
  /// `*` in a pattern stands for any characters: `gene_*`.
  ///
  /// - Throws: `DataError` `missing-column` for a name or pattern that selects nothing.
  public func columnNames(matching patterns: [String]) throws(DataError) -> [String] {
    var selected: Set<String> = []
    for pattern in patterns {
      if contains(pattern) {
        selected.insert(pattern)
        continue
      }
      let matches = columnNames.filter { Table.matches($0, pattern) }
      if matches.isEmpty { throw .missingColumn(pattern, of: self, for: name) }
      selected.formUnion(matches)
    }
    return columnNames.filter(selected.contains)
  }

  private static func matches(_ name: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return false }
    guard name.hasPrefix(first), name.hasSuffix(last) else { return false }
    guard name.count >= first.count + last.count else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
