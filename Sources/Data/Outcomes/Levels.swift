/// The levels of a column and how declared levels match them.
struct Levels {
  /// The distinct values that are not missing: numbers ascending, else texts in Unicode order.
  let found: [String]
  /// Whether every value is a number.
  let areNumbers: Bool
  private let texts: [String?]

  init(_ column: Column) {
    switch column.content() {
    case .numbers(let numbers):
      areNumbers = true
      texts = numbers.map { $0.isNaN ? nil : decimalText($0 + 0) }
      found = Set(numbers.filter { !$0.isNaN }.map { $0 + 0 }).sorted().map(decimalText)
    case .texts(let values):
      areNumbers = false
      texts = values
      found = Set(values.compactMap(\.self)).sorted {
        $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
      }
    }
  }

  /// The found level that a declared one means: the equal one (as text or as number), else the
  /// only one that it begins, letter case ignored.
  ///
  /// - Throws: `DataError` `bad-outcome` with the values found.
  func match(_ declared: String, task: String) throws(DataError) -> String {
    if found.contains(declared) { return declared }
    if areNumbers, let number = DecimalNumber.parse(declared) {
      let text = decimalText(number + 0)
      if found.contains(text) { return text }
    }
    let begun = found.filter { $0.lowercased().hasPrefix(declared.lowercased()) }
    if begun.count == 1 { return begun[0] }
    throw .outcome(
      task,
      begun.isEmpty
        ? "no value equals or begins with the level \"\(declared)\""
        : "the level \"\(declared)\" begins several values: \(quotedList(begun))",
      hint: "the values are \(quotedList(found, limit: 12))")
  }

  /// Whether each row has the level; nil where it is missing.
  func matches(_ level: String) -> [Bool?] {
    let number = areNumbers ? DecimalNumber.parse(level).map { decimalText($0 + 0) } : nil
    return texts.map { text in text.map { $0 == level || $0 == number } }
  }

  /// The index of each row's level, NaN where missing.
  ///
  /// - Throws: `DataError` `bad-outcome` for a value that is no level, with its place.
  func indices(
    of levels: [String], in column: Column, task: String
  ) throws(DataError) -> [Double] {
    var index: [String: Double] = [:]
    for (position, level) in levels.enumerated() { index[level] = Double(position) }
    var values = [Double](repeating: .nan, count: texts.count)
    for (row, text) in texts.enumerated() {
      guard let text else { continue }
      guard let value = index[text] else {
        throw DataError(
          "bad-outcome", in: "task \"\(task)\", " + column.place(of: row),
          "expected one of the levels \(quotedList(levels, limit: 12)), found \"\(text)\"",
          hint: "correct the cell, leave it empty if it is missing, or name the level")
      }
      values[row] = value
    }
    return values
  }

  /// The index in `found` of the level that counts as positive when none is named.
  ///
  /// The larger of numbers; of texts "yes", "true" or "positive", else the last in Unicode order.
  var defaultPositive: Int {
    let words = ["1", "yes", "true", "positive"]
    let named = areNumbers ? nil : found.firstIndex { words.contains($0.lowercased()) }
    return named ?? found.count - 1
  }
}
