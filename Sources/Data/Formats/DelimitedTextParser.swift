/// Splits delimited text into cells in one pass over its bytes.
///
/// RFC 4180 with what files in the wild add: a byte order mark, any line end, blank lines, blanks
/// around unquoted fields. A quote opens a quoted field only at the field's start.
struct DelimitedTextParser {
  private let file: String
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position: Int
  private var cells: [DelimitedText.Cell] = []

  private static let quote = UInt8(ascii: "\"")

  /// - Throws: `DataError` `empty-file`, `ragged-row`, `open-quote`, `text-after-quote`,
  ///   `duplicate-column`, `not-utf8`, `too-large`; each names the line.
  static func parse(
    _ bytes: [UInt8], file: String, delimiter: UInt8
  ) throws(DataError) -> DelimitedText {
    var parser = try DelimitedTextParser(bytes, file: file, delimiter: delimiter)
    return try parser.parse()
  }

  private init(_ bytes: [UInt8], file: String, delimiter: UInt8) throws(DataError) {
    (self.file, self.bytes, self.delimiter) = (file, bytes, delimiter)
    position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    guard bytes.count < UInt32.max else {
      throw DataError("too-large", in: file, "tables of 4 GiB or more are not supported")
    }
    if let invalid = firstInvalidUTF8(in: bytes) {
      throw DataError(
        "not-utf8", in: "\(file):\(lineNumber(at: invalid, in: bytes))",
        "byte \(invalid) does not continue a UTF-8 text", hint: "save the file as UTF-8")
    }
  }

  private mutating func parse() throws(DataError) -> DelimitedText {
    skipBlankLines()
    guard position < bytes.count else {
      throw DataError("empty-file", in: file, "expected a header and rows, found nothing")
    }
    try readRecord()
    let header = try takeHeader()
    while position < bytes.count {
      let start = position
      let first = cells.count
      try readRecord()
      let found = cells.count - first
      let isBlank = found == 1 && cells[first].start == cells[first].end
      if found == header.count { continue }
      guard isBlank else {
        throw DataError(
          "ragged-row", in: "\(file):\(lineNumber(at: start, in: bytes))",
          "expected \(header.count) fields as in the header, found \(found)",
          hint: "quote fields that contain the delimiter, and fill missing fields with NA")
      }
      cells.removeLast()
    }
    guard !cells.isEmpty else {
      throw DataError("empty-file", in: file, "found a header but no rows")
    }
    return DelimitedText(file: file, header: header, bytes: bytes, cells: cells)
  }

  private mutating func takeHeader() throws(DataError) -> [String] {
    var names: [String] = []
    var seen: [String: Int] = [:]
    for (index, cell) in cells.enumerated() {
      let text = DelimitedText.string(bytes, cell)
      let name = text.isEmpty ? "column.\(index + 1)" : text
      if let first = seen.updateValue(index, forKey: name) {
        throw DataError(
          "duplicate-column", in: file,
          "columns \(first + 1) and \(index + 1) are both named \"\(name)\"",
          hint: "give each column its own name")
      }
      names.append(name)
    }
    cells.removeAll(keepingCapacity: true)
    return names
  }

  private mutating func skipBlankLines() {
    while position < bytes.count, isLineEnd(bytes[position]) || isBlank(bytes[position]) {
      if bytes[position] == delimiter { return }
      position += 1
    }
  }

  /// Appends the fields up to and including the next line end outside quotes.
  private mutating func readRecord() throws(DataError) {
    while true {
      if position < bytes.count, bytes[position] == Self.quote {
        try readQuotedField()
      } else {
        readPlainField()
      }
      guard position < bytes.count else { return }
      let byte = bytes[position]
      position += 1
      if byte == delimiter { continue }
      let endsInFeed = byte == UInt8(ascii: "\r") && position < bytes.count
      if endsInFeed, bytes[position] == UInt8(ascii: "\n") { position += 1 }
      return
    }
  }

  private mutating func readPlainField() {
    var start = position
    while position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes[position]) {
      position += 1
    }
    var end = position
    while start < end, isBlank(bytes[start]) { start += 1 }
    while start < end, isBlank(bytes[end - 1]) { end -= 1 }
    cells.append(.init(start: UInt32(start), end: UInt32(end)))
  }

  private mutating func readQuotedField() throws(DataError) {
    let opening = position
    position += 1
    var cell = DelimitedText.Cell(start: UInt32(position), end: UInt32(position))
    while position < bytes.count {
      if bytes[position] != Self.quote {
        position += 1
      } else if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
        cell.hasDoubledQuotes = true
        position += 2
      } else {
        break
      }
    }
    guard position < bytes.count else {
      throw DataError(
        "open-quote", in: "\(file):\(lineNumber(at: opening, in: bytes))",
        "a quote opens here and is never closed",
        hint: "close the quoted field, and write a quote inside it twice")
    }
    cell.end = UInt32(position)
    cells.append(cell)
    position += 1
    while position < bytes.count, isBlank(bytes[position]), bytes[position] != delimiter {
      position += 1
    }
    guard position == bytes.count || bytes[position] == delimiter || isLineEnd(bytes[position])
    else {
      throw DataError(
        "text-after-quote", in: "\(file):\(lineNumber(at: position, in: bytes))",
        "expected a delimiter or a line end after a quoted field",
        hint: "write a quote inside a quoted field twice")
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}

/// The position of the first byte that is not valid UTF-8, nil when all are.
func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
  guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
  var parser = Unicode.UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var position = 0
  while true {
    switch parser.parseScalar(from: &iterator) {
    case .valid(let scalar): position += scalar.count
    case .emptyInput: return nil
    case .error: return position
    }
  }
}
