/// Which columns of a table are predictors, and how they are scaled.
///
///     Features(.allOther, excluding: ["charges"], identifier: "id")
///     Features(.columns(["age", "gene_*"]), standardization: .rankNormal)
public struct Features: Sendable {
  /// A choice of columns.
  public enum Selection: Sendable, Equatable {
    /// Every column that no outcome reads.
    case allOther
    /// The named columns; `*` stands for any characters.
    case columns([String])
  }

  /// The choice of columns.
  public let selection: Selection
  /// Names and patterns of columns that are no predictors.
  public let excluded: [String]
  /// The column that names the rows.
  public let identifier: String?
  /// How numeric features are scaled.
  public let standardization: Standardization

  public init(
    _ selection: Selection = .allOther, excluding excluded: [String] = [],
    identifier: String? = nil, standardization: Standardization = .zScore
  ) {
    (self.selection, self.excluded) = (selection, excluded)
    (self.identifier, self.standardization) = (identifier, standardization)
  }

  /// The predictors in the order of the table.
  ///
  /// - Throws: `DataError` `missing-column` for a name that is not there, `bad-features` for a
  ///   predictor that is also an outcome or when none is left.
  func columns(of table: Table, outcomes: [Outcome]) throws(DataError) -> [String] {
    let reserved = Set(outcomes.flatMap(\.columns)).union(identifier.map { [$0] } ?? [])
    let dropped = Set(try table.columnNames(matching: excluded))
    if let identifier { _ = try table.column(identifier) }
    var columns = table.columnNames.filter { !reserved.contains($0) }
    if case .columns(let patterns) = selection {
      if let clash = patterns.first(where: reserved.contains) {
        throw DataError(
          "bad-features", in: "column \"\(clash)\"", "it is an outcome or the identifier",
          hint: "do not name it as a predictor")
      }
      let chosen = Set(try table.columnNames(matching: patterns))
      columns = columns.filter(chosen.contains)
    }
    columns = columns.filter { !dropped.contains($0) }
    if columns.isEmpty {
      throw DataError(
        "bad-features", in: table.name, "no predictor is left",
        hint: "name predictors, or exclude fewer columns")
    }
    return columns
  }
}
