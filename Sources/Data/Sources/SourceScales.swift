/// Scales of features that are learned within each source of rows.
///
/// A feature has mean 0 and deviation 1 among the training rows of every source, so that only how it
/// varies within a source is left of it. In a source where it is absent or constant, and in a row
/// where it is missing, it is 0, the source's mean.
struct SourceScales: Codable, Sendable, Equatable {
  /// The column that says where a row comes from.
  let column: String
  /// The sources of training rows.
  let levels: [String]
  /// Per source, column and encoded feature; nil where it is 0 in the source.
  private let scales: [[[FeatureScale?]]]

  /// Learns from the training rows of each source.
  ///
  /// - Parameters:
  ///   - columns: the predictors with their encodings, as learned on all training rows.
  ///   - standardization: of a column's feature; see `Standardization`.
  /// - Throws: `DataError` `missing-column`, `not-a-number`.
  static func fit(
    _ table: Table, columns: [(name: String, encoding: ColumnEncoding)], rows: [Int],
    sourceColumn: String,
    standardization: (ColumnEncoding, _ feature: Int) -> Standardization
  ) throws(DataError) -> SourceScales {
    let texts = try table.column(sourceColumn, for: "scaling within sources").texts()
    var rowsOf: [String: [Int]] = [:]
    for row in rows { if let level = texts[row] { rowsOf[level, default: []].append(row) } }
    let levels = rowsOf.keys.sorted()
    var scales: [[[FeatureScale?]]] = levels.map { _ in [] }
    for (name, encoding) in columns {
      let column = try table.column(name)
      for (position, level) in levels.enumerated() {
        let own = (rowsOf[level] ?? []).filter { !encoding.isMissingNumber(column, row: $0) }
        let features = try encoding.encode(column, rows: own)
        scales[position].append(
          features.enumerated().map { index, values in
            guard let first = values.first, values.contains(where: { $0 != first }) else {
              return nil
            }
            return .fit(values, by: standardization(encoding, index))
          })
      }
    }
    return SourceScales(column: sourceColumn, levels: levels, scales: scales)
  }

  /// For each column and encoded feature: whether it varies within some source.
  var variation: [[Bool]] {
    guard let first = scales.first else { return [] }
    return first.indices.map { column in
      first[column].indices.map { feature in scales.contains { $0[column][feature] != nil } }
    }
  }

  /// Whether a stored one fits these encodings.
  func fits(_ encodings: [ColumnEncoding]) -> Bool {
    scales.count == levels.count && !levels.isEmpty
      && scales.allSatisfy { own in
        own.count == encodings.count
          && zip(own, encodings).allSatisfy { $0.count == $1.featureNames("").count }
      }
  }

  /// The source of each of some rows, by its position.
  ///
  /// - Throws: `DataError` `missing-column`; `bad-features` for a row of a source that training did not
  ///   see.
  func positions(in table: Table, rows: [Int]) throws(DataError) -> [Int] {
    let column = try table.column(column, for: "scaling within sources")
    return try rows.map { row throws(DataError) in
      let text = column.text(at: row) ?? ""
      guard let position = levels.firstIndex(of: text) else {
        throw DataError(
          "bad-features", in: column.place(of: row),
          "the source \"\(text)\" was not among those of training",
          hint: "the model scales predictors within \(quotedList(levels))")
      }
      return position
    }
  }

  /// A feature's value in a row of a source.
  func apply(_ value: Double, source: Int, column: Int, feature: Int) -> Double {
    scales[source][column][feature]?.apply(value) ?? 0
  }
}

extension ColumnEncoding {
  /// Whether a row has no number where the encoding reads one.
  func isMissingNumber(_ column: Column, row: Int) -> Bool {
    guard case .number = self else { return false }
    return column.number(at: row)?.isNaN ?? false
  }
}
