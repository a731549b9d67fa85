/// One named column of a table: numbers, texts, or cells of a file that are parsed when asked for.
public struct Column: Sendable {
  /// The name in the header.
  public let name: String
  private let storage: Storage

  private enum Storage {
    case numbers([Double])
    case texts([String?])
    case cells(DelimitedText, column: Int)
    case stacked(StackedColumn)
  }

  /// What a column holds once it is parsed.
  public enum Content: Sendable, Equatable {
    /// Every cell is a number; NaN is missing.
    case numbers([Double])
    /// At least one cell is no number; nil is missing.
    case texts([String?])
  }

  /// A column of numbers; NaN is missing.
  public init(_ name: String, numbers: [Double]) {
    (self.name, storage) = (name, .numbers(numbers))
  }

  /// A column of texts; nil is missing.
  public init(_ name: String, texts: [String?]) {
    (self.name, storage) = (name, .texts(texts))
  }

  init(_ name: String, of text: DelimitedText, column: Int) {
    (self.name, storage) = (name, .cells(text, column: column))
  }

  init(_ name: String, stacking parts: [StackedColumn.Part]) {
    (self.name, storage) = (name, .stacked(StackedColumn(parts)))
  }

  /// The number of rows.
  public var rowCount: Int {
    switch storage {
    case .numbers(let numbers): numbers.count
    case .texts(let texts): texts.count
    case .cells(let text, _): text.rowCount
    case .stacked(let parts): parts.rowCount
    }
  }

  /// Numbers when every cell that is not missing is one, else texts.
  public func content() -> Content {
    var numbers = [Double](repeating: .nan, count: rowCount)
    for row in numbers.indices {
      guard let number = number(at: row) else { return .texts(texts()) }
      numbers[row] = number
    }
    return .numbers(numbers)
  }

  /// All cells as numbers, NaN where missing.
  ///
  /// - Throws: `DataError` `not-a-number` with the line, the column and the cell's text.
  public func numbers() throws(DataError) -> [Double] {
    var numbers = [Double](repeating: .nan, count: rowCount)
    for row in numbers.indices {
      guard let number = number(at: row) else { throw notANumber(at: row) }
      numbers[row] = number
    }
    return numbers
  }

  /// All cells as texts, nil where missing. A number in memory has its shortest decimal text.
  public func texts() -> [String?] {
    (0..<rowCount).map(text(at:))
  }

  /// The text of one cell, nil where missing.
  func text(at row: Int) -> String? {
    switch storage {
    case .numbers(let numbers): numbers[row].isNaN ? nil : decimalText(numbers[row])
    case .texts(let texts): texts[row]
    case .cells(let text, let column): text.string(row: row, column: column)
    case .stacked(let parts): parts.place(of: row).flatMap { $0.column.text(at: $0.row) }
    }
  }

  /// The number in one cell: NaN where missing, nil where it is another text.
  func number(at row: Int) -> Double? {
    switch storage {
    case .numbers(let numbers): numbers[row]
    case .texts(let texts): texts[row].map { DecimalNumber.parse($0) } ?? .nan
    case .cells(let text, let column): text.number(row: row, column: column)
    case .stacked(let parts):
      parts.place(of: row).map { $0.column.number(at: $0.row) } ?? .nan
    }
  }

  /// Where a cell is, in the user's terms.
  func place(of row: Int) -> String {
    if case .cells(let text, let column) = storage {
      return "\(text.file):\(text.line(row: row, column: column)), column \"\(name)\""
    }
    if case .stacked(let parts) = storage, let (column, own) = parts.place(of: row) {
      return column.place(of: own)
    }
    return "row \(row + 1), column \"\(name)\""
  }

  func notANumber(at row: Int) -> DataError {
    DataError(
      "not-a-number", in: place(of: row), "expected a number, found \"\(text(at: row) ?? "")\"",
      hint: "correct the cell, leave it empty if it is missing, or exclude the column")
  }
}

/// The shortest text that reads back as the same number, without a closing ".0".
package func decimalText(_ number: Double) -> String {
  let text = number.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
