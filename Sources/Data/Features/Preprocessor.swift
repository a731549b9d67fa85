/// Turns columns of a table into standardized features, all of it learned on training rows.
///
/// Text columns are one-hot encoded without their most frequent level, missing numbers are
/// replaced by the training median, with an indicator `NAME.missing` where more than 5 % are
/// missing, and features that are constant in training are dropped. It is stored with a run and
/// applied unchanged to any other table.
public struct Preprocessor: Codable, Sendable, Equatable {
  /// The columns that it reads, in the order of the training table.
  public let columns: [String]
  /// The features that it makes, in order.
  public let featureNames: [String]
  /// How numeric features are scaled.
  public let standardization: Standardization
  /// What the user should know, for example features dropped because they were constant.
  public let warnings: [String]
  private let encodings: [ColumnEncoding]
  /// Per column and encoded feature: the scale, nil where the feature is dropped.
  private let scales: [[FeatureScale?]]
  /// The scales that are used instead where they are learned within sources.
  private let sources: SourceScales?

  /// Learns from some rows of a table.
  ///
  /// - Parameters:
  ///   - table: the training table.
  ///   - columns: the predictors among its columns.
  ///   - rows: the training rows; no other row has any influence.
  ///   - standardization: how numeric features are scaled.
  ///   - sourceColumn: where a row comes from, when scales are learned within each source.
  /// - Throws: `DataError` `missing-column`; `bad-features` for an identifier, a text column of
  ///   more than 20 levels, or no feature that varies; `not-a-number` for a stray text.
  public static func fit(
    _ table: Table, columns: [String], rows: [Int], standardization: Standardization = .zScore,
    within sourceColumn: String? = nil
  ) throws(DataError) -> Preprocessor {
    var encoded: [(name: String, encoding: ColumnEncoding)] = []
    for name in columns {
      encoded.append((name, try ColumnEncoding.fit(try table.column(name), rows: rows)))
    }
    let sources = try sourceColumn.map { column throws(DataError) in
      encoded = encoded.map { ($0.name, $0.encoding.withoutMark) }
      return try SourceScales.fit(
        table, columns: encoded, rows: rows, sourceColumn: column,
        standardization: { $0.standardization(standardization, $1) })
    }
    let variation = sources?.variation
    var names: [String] = []
    var constant: [String] = []
    var scales: [[FeatureScale?]] = []
    for (position, (name, encoding)) in encoded.enumerated() {
      let features = try encoding.encode(try table.column(name), rows: rows)
      var columnScales: [FeatureScale?] = []
      for (index, (feature, values)) in zip(encoding.featureNames(name), features).enumerated() {
        let varies = variation.map { $0[position][index] }
        let isConstant = varies.map { !$0 } ?? values.allSatisfy { $0 == values[0] }
        if isConstant { constant.append(feature) } else { names.append(feature) }
        columnScales.append(
          isConstant ? nil : .fit(values, by: encoding.standardization(standardization, index)))
      }
      scales.append(columnScales)
    }
    if names.isEmpty {
      throw DataError(
        "bad-features", in: table.name,
        columns.isEmpty ? "no predictor is left" : "every predictor is constant in training",
        hint: "name predictors, or exclude fewer columns")
    }
    let warning = "dropped because constant in training: \(quotedList(constant))"
    return Preprocessor(
      columns: columns, featureNames: names, standardization: standardization,
      warnings: constant.isEmpty ? [] : [warning], encodings: encoded.map(\.encoding),
      scales: scales, sources: sources)
  }

  /// Whether a stored one holds an encoding and scales for every column and a scale for every feature.
  package var isConsistent: Bool {
    encodings.count == columns.count && scales.count == columns.count
      && zip(encodings, scales).allSatisfy { $0.featureNames("").count == $1.count }
      && scales.joined().compactMap { $0 }.count == featureNames.count
      && Set(columns).count == columns.count && (sources?.fits(encodings) ?? true)
  }

  /// The features of some rows of a table, all rows when nil; other columns are ignored.
  ///
  /// - Parameter precision: what the features are kept in.
  /// - Throws: `DataError` `missing-column` naming every missing one, `not-a-number`.
  public func transform(
    _ table: Table, rows: [Int]? = nil, precision: Precision = .double
  ) throws(DataError) -> FeatureMatrix {
    try transform(table, rows: rows, precision: precision, laidOut: nil)
  }

  /// As `transform(_:rows:precision:)`, with rows that lie in memory in an order of their own.
  package func transform(
    _ table: Table, rows: [Int]? = nil, precision: Precision, laidOut order: [Int]?
  ) throws(DataError) -> FeatureMatrix {
    let missing = columns.filter { !table.contains($0) }
    if let first = missing.first {
      guard missing.count > 1 else { throw .missingColumn(first, of: table, for: table.name) }
      throw DataError(
        "missing-column", in: table.name,
        "\(missing.count) predictors of the model are missing: \(quotedList(missing))",
        hint: "give the table the columns that the model was trained on")
    }
    let rows = rows ?? Array(0..<table.rowCount)
    let origins = try sources.map { sources throws(DataError) in
      (sources, try sources.positions(in: table, rows: rows))
    }
    return try FeatureMatrix(
      names: featureNames, rowCount: rows.count, precision: precision, laidOut: order
    ) { (writer) throws(DataError) in
      var position = 0
      for (number, (encoding, columnScales)) in zip(encodings, scales).enumerated() {
        let column = try table.column(columns[number])
        let features = try encoding.encode(column, rows: rows)
        for (index, (feature, scale)) in zip(features, columnScales).enumerated() {
          guard let scale, position < featureNames.count else { continue }
          for (row, source) in rows.enumerated() {
            var value = 0.0
            if let (scales, origin) = origins {
              if !encoding.isMissingNumber(column, row: source) {
                value = scales.apply(
                  feature[row], source: origin[row], column: number, feature: index)
              }
            } else {
              value = scale.apply(feature[row])
            }
            writer.set(value, row: row, column: position)
          }
          position += 1
        }
      }
    }
  }
}

extension ColumnEncoding {
  /// The same without an indicator of missing values: within a source these are at its mean.
  fileprivate var withoutMark: ColumnEncoding {
    switch self {
    case .number(let median, _): .number(median: median, marksMissing: false)
    case .levels(let levels, _): .levels(levels, marksMissing: false)
    }
  }

  /// Indicators are z-scored where numbers get normal scores.
  fileprivate func standardization(_ wanted: Standardization, _ feature: Int) -> Standardization {
    if case .number = self, feature == 0 { return wanted }
    return wanted == .rankNormal ? .zScore : wanted
  }
}
