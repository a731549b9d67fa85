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
  /// Which rows scales are learned on together.
  public let scaling: ScalingScope
  /// What is done about predictors that the files of some tasks lack.
  public let absent: AbsentPredictors

  public init(
    _ selection: Selection = .allOther, excluding excluded: [String] = [],
    identifier: String? = nil, standardization: Standardization = .zScore,
    scaling: ScalingScope = .pooled, absent: AbsentPredictors = .refused
  ) {
    (self.selection, self.excluded) = (selection, excluded)
    (self.identifier, self.standardization) = (identifier, standardization)
    (self.scaling, self.absent) = (absent == .mean ? .eachSource : scaling, absent)
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

/// Which rows the scales of predictors are learned on together.
public enum ScalingScope: String, Sendable, Codable, CaseIterable {
  /// All training rows: differences between sources stay in the features.
  case pooled
  /// The training rows of each source: a feature has mean 0 and deviation 1 in every source. Rows to be
  /// predicted need the column that names their source.
  case eachSource = "each-source"
}

/// What is done about predictors that the files of some tasks lack.
public enum AbsentPredictors: String, Sendable, Codable, CaseIterable {
  /// It is an error.
  case refused
  /// They are at their mean, 0, in the rows of these files. Scales are learned within each source then.
  case mean
}
