/// How one column of a table becomes features, learned on training rows.
enum ColumnEncoding: Codable, Sendable, Equatable {
  /// A number, missing ones replaced by the training median; an indicator when they are common.
  case number(median: Double, marksMissing: Bool)
  /// One 0/1 feature a level; the most frequent level, missing and unseen ones are all zero.
  case levels([String], marksMissing: Bool)

  /// A share of missing training rows above which an indicator is added.
  static let commonlyMissing = 0.05
  /// The most levels that a text column may have.
  static let levelLimit = 20

  /// - Throws: `DataError` `bad-features` for an identifier or too many levels, `not-a-number` for
  ///   a column of numbers with a stray text.
  static func fit(_ column: Column, rows: [Int]) throws(DataError) -> ColumnEncoding {
    switch column.content() {
    case .numbers(let all):
      let observed = rows.map { all[$0] }.filter { !$0.isNaN }
      return .number(
        median: median(observed), marksMissing: isCommonlyMissing(observed.count, of: rows.count))
    case .texts(let all):
      let observed = rows.compactMap { all[$0] }
      let levels = try levels(of: observed, column: column)
      return .levels(levels, marksMissing: isCommonlyMissing(observed.count, of: rows.count))
    }
  }

  private static func isCommonlyMissing(_ observed: Int, of count: Int) -> Bool {
    Double(count - observed) > commonlyMissing * Double(count)
  }

  /// The levels in Unicode order without the reference: the most frequent, of equals the first.
  private static func levels(of values: [String], column: Column) throws(DataError) -> [String] {
    var counts: [String: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let isIdentifier = counts.count == values.count && counts.count > 2
    if isIdentifier || counts.count > levelLimit {
      try rejectStrayText(column)
      throw DataError(
        "bad-features", in: "column \"\(column.name)\"",
        isIdentifier
          ? "every row has its own text, so it is an identifier and no predictor"
          : "a text column may have \(levelLimit) levels, this has \(counts.count)",
        hint: "exclude it: --exclude \(column.name)")
    }
    let ordered = counts.keys.sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    var reference: String?
    for level in ordered where counts[level, default: 0] > reference.flatMap({ counts[$0] }) ?? 0 {
      reference = level
    }
    return ordered.filter { $0 != reference }
  }

  /// - Throws: `DataError` `not-a-number` when at least half of the texts are numbers.
  private static func rejectStrayText(_ column: Column) throws(DataError) {
    var numbers = 0
    var texts = 0
    var firstText: Int?
    for row in 0..<column.rowCount {
      if let number = column.number(at: row) {
        numbers += number.isNaN ? 0 : 1
      } else {
        texts += 1
        firstText = firstText ?? row
      }
    }
    if let firstText, numbers >= texts { throw column.notANumber(at: firstText) }
  }

  /// The middle value, or the mean of the two middle ones; 0 for none.
  static func median(_ values: [Double]) -> Double {
    if values.isEmpty { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
  }

  /// The names of the features that a column of that name becomes.
  func featureNames(_ column: String) -> [String] {
    switch self {
    case .number(_, let marksMissing):
      [column] + (marksMissing ? ["\(column).missing"] : [])
    case .levels(let levels, let marksMissing):
      levels.map { "\(column)=\($0)" } + (marksMissing ? ["\(column).missing"] : [])
    }
  }

  /// One array a feature, in the order of `featureNames`.
  ///
  /// - Throws: `DataError` `not-a-number` for a text where training saw numbers.
  func encode(_ column: Column, rows: [Int]) throws(DataError) -> [[Double]] {
    switch self {
    case .number(let median, let marksMissing):
      let all = try column.numbers()
      let values = rows.map { all[$0].isNaN ? median : all[$0] }
      return [values] + (marksMissing ? [rows.map { all[$0].isNaN ? 1 : 0 }] : [])
    case .levels(let levels, let marksMissing):
      let texts = rows.map(column.text(at:))
      let indicators = levels.map { level in texts.map { $0 == level ? 1.0 : 0 } }
      return indicators + (marksMissing ? [texts.map { $0 == nil ? 1 : 0 }] : [])
    }
  }
}
