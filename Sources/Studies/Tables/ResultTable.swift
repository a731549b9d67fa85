/// A table of results: text and numbers under headings, in groups of rows that compete.
///
/// Within a group the best number of a column is emphasized, as it is shown: cells that look equal
/// after rounding are emphasized together. A group with fewer than two numbers has no best.
public struct ResultTable: Equatable, Sendable {
  /// One entry.
  public enum Cell: Equatable, Sendable {
    case empty
    case text(String)
    /// A value, with the standard deviation (or standard error) that belongs to it.
    case number(Double, deviation: Double? = nil)
  }

  /// A heading and how the numbers under it read.
  public struct Column: Equatable, Sendable {
    /// Which of the numbers is the best one.
    public enum Preference: String, Equatable, Sendable {
      case larger
      case smaller
      case none
    }

    /// Stands above the column.
    public let heading: String
    /// Which number of a group is emphasized.
    public let preference: Preference
    /// Digits after the decimal point of a number below 10; a larger one has one less for each
    /// further digit before the point.
    public let decimals: Int

    /// A column of text needs a heading alone.
    public init(_ heading: String, preference: Preference = .none, decimals: Int = 3) {
      precondition(decimals >= 0, "a number of digits is at least 0")
      self.heading = heading
      self.preference = preference
      self.decimals = decimals
    }
  }

  /// Entries, one a column, and the group they compete in.
  public struct Row: Equatable, Sendable {
    /// Shown above the first of the rows that follow one another with it; nil shows nothing.
    public let group: String?
    /// One a column.
    public let cells: [Cell]
    /// Whether its numbers may be the best of the group; those of a yardstick may not.
    public let competes: Bool
  }

  /// Shown above or below the table, or empty.
  public let caption: String
  /// The headings, from left to right.
  public let columns: [Column]
  /// From the top to the bottom.
  public private(set) var rows: [Row] = []

  /// A table without rows.
  public init(caption: String = "", columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  /// Adds a row below the others; missing cells at its end are empty.
  public mutating func append(_ cells: [Cell], group: String? = nil, competes: Bool = true) {
    precondition(cells.count <= columns.count, "a row has at most one cell a column")
    let padding = Array(repeating: Cell.empty, count: columns.count - cells.count)
    rows.append(Row(group: group, cells: cells + padding, competes: competes))
  }

  /// The ranges of neighbouring rows with the same group.
  var groups: [Range<Int>] {
    var result: [Range<Int>] = []
    for row in rows.indices {
      if let last = result.last, rows[row].group == rows[last.lowerBound].group {
        result[result.count - 1] = last.lowerBound..<(row + 1)
      } else {
        result.append(row..<(row + 1))
      }
    }
    return result
  }

  /// Whether each cell is the best of its column within its group.
  var isBest: [[Bool]] {
    var best = rows.map { $0.cells.map { _ in false } }
    for group in groups {
      for (index, column) in columns.enumerated() where column.preference != .none {
        let shown = group.map {
          rows[$0].competes ? shownValue(rows[$0].cells[index], in: column) : nil
        }
        let numbers = shown.compactMap { $0 }
        guard numbers.count > 1 else { continue }
        let target = column.preference == .larger ? numbers.max() : numbers.min()
        for (row, value) in zip(group, shown) where value != nil && value == target {
          best[row][index] = true
        }
      }
    }
    return best
  }

  /// Whether a column holds numbers, and so is aligned to the right.
  func isNumeric(_ index: Int) -> Bool {
    let cells = rows.map { $0.cells[index] }
    return cells.contains { if case .number = $0 { true } else { false } }
  }

  private func shownValue(_ cell: Cell, in column: Column) -> Double? {
    guard case .number(let value, _) = cell, value.isFinite else { return nil }
    return Double(decimalText(value, digits: digits(of: value, in: column)))
  }
}

extension ResultTable {
  /// The words of a cell in a column: `0.853 (0.012)`; a dash for a number that is none.
  func text(_ cell: Cell, in column: Column) -> String {
    switch cell {
    case .empty: return ""
    case .text(let text): return text
    case .number(let value, let deviation):
      guard value.isFinite else { return "–" }
      let digits = digits(of: value, in: column)
      let mean = decimalText(value, digits: digits)
      guard let deviation, deviation.isFinite else { return mean }
      return "\(mean) (\(decimalText(deviation, digits: digits)))"
    }
  }

  /// The digits after the point that a number has in a column.
  func digits(of value: Double, in column: Column) -> Int {
    var (digits, bound) = (column.decimals, 10.0)
    while digits > 0, abs(value) >= bound { (digits, bound) = (digits - 1, 10 * bound) }
    return digits
  }
}
