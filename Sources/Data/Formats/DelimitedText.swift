/// The cells of a delimited text as byte ranges, header apart: what a column reads from.
struct DelimitedText: Sendable {
  /// What messages call the text.
  let file: String
  let header: [String]
  let rowCount: Int
  private let bytes: [UInt8]
  /// Row by row.
  private let cells: [Cell]

  /// The bytes of one field, without its quotes.
  struct Cell: Sendable {
    var start: UInt32
    var end: UInt32
    var hasDoubledQuotes = false
  }

  init(file: String, header: [String], bytes: [UInt8], cells: [Cell]) {
    (self.file, self.header, self.bytes, self.cells) = (file, header, bytes, cells)
    rowCount = header.isEmpty ? 0 : cells.count / header.count
  }

  /// The number in a cell: NaN where missing, nil where it is another text.
  func number(row: Int, column: Int) -> Double? {
    let range = range(row: row, column: column)
    if let number = DecimalNumber.parse(bytes, range) { return number }
    return MissingValue.matches(bytes, range) ? .nan : nil
  }

  /// The text of a cell, nil where missing.
  func string(row: Int, column: Int) -> String? {
    let range = range(row: row, column: column)
    if MissingValue.matches(bytes, range) { return nil }
    return DelimitedText.string(bytes, cells[row * header.count + column])
  }

  /// The line on which a cell starts, the first line being 1.
  func line(row: Int, column: Int) -> Int {
    lineNumber(at: range(row: row, column: column).lowerBound, in: bytes)
  }

  private func range(row: Int, column: Int) -> Range<Int> {
    let cell = cells[row * header.count + column]
    return Int(cell.start)..<Int(cell.end)
  }

  static func string(_ bytes: [UInt8], _ cell: Cell) -> String {
    let text = String(decoding: bytes[Int(cell.start)..<Int(cell.end)], as: UTF8.self)
    guard cell.hasDoubledQuotes else { return text }
    var result = ""
    var previousWasQuote = false
    for character in text.unicodeScalars {
      previousWasQuote = character == "\"" && !previousWasQuote
      if !previousWasQuote { result.unicodeScalars.append(character) }
    }
    return result
  }
}

/// The line that a byte is on; LF, CR LF and CR each end a line.
func lineNumber(at position: Int, in bytes: [UInt8]) -> Int {
  var line = 1
  for index in 0..<min(position, bytes.count) {
    let isFeed = bytes[index] == UInt8(ascii: "\n")
    let isLoneReturn =
      bytes[index] == UInt8(ascii: "\r")
      && (index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n"))
    if isFeed || isLoneReturn { line += 1 }
  }
  return line
}

/// The texts that stand for a missing value, in any letter case.
enum MissingValue {
  static let texts = ["", "NA", "NaN", "null", "?", "."]

  private static let lowered = texts.map { Array($0.lowercased().utf8) }

  static func matches(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    if range.isEmpty { return true }
    if range.count > 4 { return false }
    return lowered.contains { missing in
      missing.count == range.count
        && zip(missing, bytes[range]).allSatisfy { known, byte in
          known == (byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
        }
    }
  }
}
