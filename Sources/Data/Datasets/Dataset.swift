import Foundation

/// A table with its tasks and predictors: what a model is fitted to.
///
/// Rows in which an outcome is missing are kept; they are missing for that task alone.
public struct Dataset: Sendable {
  /// The columns as read.
  public let table: Table
  /// The tasks, with the levels found in this table (or those they were given); a nominal outcome is a
  /// task a class.
  public let declarations: [Outcome]
  /// The values of each task, in the order of `declarations`.
  public let outcomes: [OutcomeValues]
  /// The predictors among the table's columns.
  public let featureColumns: [String]
  /// The names of the rows, where a column gives them.
  public let identifiers: [String]?
  /// How numeric predictors are to be scaled.
  public let standardization: Standardization
  /// Which rows the scales of predictors are learned on together.
  public let scaling: ScalingScope

  /// The number of rows.
  public var rowCount: Int { table.rowCount }
  /// The column that says which tasks a row belongs to; nil where tasks share all rows.
  public var sourceColumn: String? { declarations.lazy.compactMap(\.source?.column).first }

  /// Reads the tasks and checks that each can be trained on.
  ///
  /// - Throws: `DataError`: `bad-outcome` or `bad-features` with the task or column and the
  ///   remedy, `missing-column`, `not-a-number`; `bad-spec` for no task or two of one name.
  public init(
    _ table: Table, outcomes declared: [Outcome], features: Features = Features()
  ) throws(DataError) {
    try Dataset.checkNames(declared)
    var declarations: [Outcome] = []
    var outcomes: [OutcomeValues] = []
    var tasks: [Outcome] = []
    for outcome in declared { tasks += try outcome.tasks(in: table) }
    try Dataset.checkNames(tasks)
    for outcome in tasks {
      let values = try outcome.read(from: table)
      try outcome.type.validate(values)
      outcomes.append(values)
      declarations.append(outcome.learned(from: values))
    }
    (self.table, self.declarations, self.outcomes) = (table, declarations, outcomes)
    featureColumns = try features.columns(of: table, outcomes: declared)
    standardization = features.standardization
    scaling = features.scaling
    if features.scaling == .eachSource, !declarations.contains(where: { $0.source != nil }) {
      throw DataError(
        "bad-features", in: table.name, "no task has rows of its own to scale predictors within",
        hint: "scale them over all rows, or say where rows come from")
    }
    identifiers = try features.identifier.map { name throws(DataError) in
      try table.column(name).texts().map { $0 ?? "" }
    }
  }

  /// Reads a file and the tasks that the block declares.
  ///
  ///     let data = try Dataset(contentsOf: "nki70.csv.gz") {
  ///       Outcome("ER", .binary(positive: "Positive"))
  ///       Outcome("relapse", .censored(time: "time", event: "event"))
  ///       Features(.allOther)
  ///     }
  ///
  /// - Throws: `DataError`, as `Table(contentsOf:)` and `init(_:outcomes:features:)`.
  public init(
    contentsOf path: String, @DatasetBuilder _ parts: () -> [DatasetPart]
  ) throws(DataError) {
    try self.init(Table(contentsOf: URL(fileURLWithPath: path)), parts)
  }

  /// A table and the tasks that the block declares.
  ///
  /// - Throws: `DataError`, as `init(_:outcomes:features:)`.
  public init(_ table: Table, @DatasetBuilder _ parts: () -> [DatasetPart]) throws(DataError) {
    let parts = parts()
    let features = parts.compactMap(\.features)
    if features.count > 1 {
      throw DataError(
        "bad-features", in: table.name, "features are declared \(features.count) times",
        hint: "declare Features(…) once")
    }
    try self.init(
      table, outcomes: parts.compactMap(\.outcome), features: features.first ?? Features())
  }

  /// A table and tasks in the notation of the command line.
  ///
  /// - Parameters:
  ///   - specs: such as `ER:binary` or `OS=censored(time,event)`.
  ///   - features: names and patterns of the predictors; every other column when empty.
  ///   - exclude: names and patterns of columns that are no predictors.
  ///   - id: the column that names the rows.
  /// - Throws: `DataError`, as `Outcome(specification:)` and `init(_:outcomes:features:)`.
  public init(
    table: Table, specs: [String], features: [String] = [], exclude: [String] = [],
    id: String? = nil, standardization: Standardization = .zScore
  ) throws(DataError) {
    var outcomes: [Outcome] = []
    for spec in specs { outcomes.append(try Outcome(specification: spec)) }
    try self.init(
      table, outcomes: outcomes,
      features: Features(
        features.isEmpty ? .allOther : .columns(features), excluding: exclude, identifier: id,
        standardization: standardization))
  }

  /// Predictors in memory, and tasks over further columns in memory.
  ///
  /// - Parameters:
  ///   - predictors: their names.
  ///   - values: row by row, one value a predictor; NaN is missing.
  ///   - outcomeColumns: what the tasks read.
  /// - Throws: `DataError` `ragged-row` or `duplicate-column`, and as above.
  public init(
    predictors: [String], values: [Double], outcomeColumns: [Column], outcomes: [Outcome],
    standardization: Standardization = .zScore
  ) throws(DataError) {
    let width = max(1, predictors.count)
    if values.count % width != 0 {
      throw DataError(
        "ragged-row", in: "memory", "\(values.count) values do not fill rows of \(width)",
        hint: "give one value for each row and predictor")
    }
    let columns = predictors.enumerated().map { index, name in
      Column(name, numbers: stride(from: index, to: values.count, by: width).map { values[$0] })
    }
    try self.init(
      Table("memory", columns: columns + outcomeColumns), outcomes: outcomes,
      features: Features(.columns(predictors), standardization: standardization))
  }

  /// Learns the preprocessing of the predictors on some rows.
  ///
  /// - Throws: `DataError`, as `Preprocessor.fit`.
  public func preprocessor(fittedOn rows: [Int]) throws(DataError) -> Preprocessor {
    try Preprocessor.fit(
      table, columns: featureColumns, rows: rows, standardization: standardization,
      within: scaling == .eachSource ? sourceColumn : nil)
  }

  private static func checkNames(_ outcomes: [Outcome]) throws(DataError) {
    var names: Set<String> = []
    if outcomes.isEmpty {
      throw DataError(
        "bad-spec", in: "", "no task is declared", hint: "declare one, for example ER:binary")
    }
    for outcome in outcomes where !names.insert(outcome.name).inserted {
      throw DataError(
        "bad-spec", in: "task \"\(outcome.name)\"", "two tasks have this name",
        hint: "give each task its own name")
    }
  }
}
