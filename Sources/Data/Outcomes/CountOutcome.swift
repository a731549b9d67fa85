/// A number of events, 0, 1, 2, …, or its rate where rows were watched for different lengths.
///
/// With an exposure Eᵢ the values are the rates nᵢ/Eᵢ, in events per unit of exposure, and a pair counts
/// EᵢEⱼ/(Eᵢ + Eⱼ), the precision of a difference of two rates; or, with a ratio r, a pair counts 1 where
/// Eᵢ/Eⱼ lies in [1/r, r] and 0 elsewhere. Predictions and errors are rates too. A row without an
/// exposure has no outcome.
public struct CountOutcome: OutcomeType {
  public static let name = "count"
  public static let usage =
    "NAME:count, NAME=count(COLUMN,EXPOSURE) or NAME=count(COLUMN,EXPOSURE; ratio=R)"
  public static let scale = OutcomeScale.count
  public static let calibrations = ["squared"]
  public static let optionNames = ["ratio"]

  /// The column of counts; nil where it is the task's name.
  public let column: String?
  /// The column of exposures, above 0; nil where all rows were watched alike.
  public let exposure: String?
  /// How many times one exposure may be the other for a pair to count; nil weighs pairs instead.
  public let ratio: Double?

  public init(column: String? = nil, exposure: String? = nil, ratio: Double? = nil) {
    (self.column, self.exposure, self.ratio) = (column, exposure, ratio)
  }

  public init(arguments: [String], task: String) throws(DataError) {
    try self.init(arguments: arguments, options: [:], task: task)
  }

  public init(
    arguments: [String], options: [String: String], task: String
  ) throws(DataError) {
    guard arguments.count <= 2 else { throw .arguments(arguments, task: task, type: Self.self) }
    let ratio = try Self.number("ratio", in: options, "a number above 1", task: task) { $0 > 1 }
    if ratio != nil, arguments.count < 2 {
      throw DataError(
        "bad-spec", in: "task \"\(task)\"", "ratio compares exposures, and there are none",
        hint: "write \(Self.usage)")
    }
    self.init(
      column: arguments.first, exposure: arguments.count == 2 ? arguments[1] : nil, ratio: ratio)
  }

  public var arguments: [String] { (column.map { [$0] } ?? []) + (exposure.map { [$0] } ?? []) }

  public var options: [String: String] { ratio.map { ["ratio": decimalText($0)] } ?? [:] }

  public func columns(of task: String) -> [String] {
    [column ?? task] + (exposure.map { [$0] } ?? [])
  }

  public func read(
    _ task: String, from table: Table, levels: [String]
  ) throws(DataError) -> OutcomeValues {
    let column = try table.column(column ?? task, for: "task \"\(task)\"")
    var values = try column.numbers()
    for (row, value) in values.enumerated() where value < 0 || value != value.rounded() {
      if value.isNaN { continue }
      throw DataError(
        "bad-outcome", in: "task \"\(task)\", " + column.place(of: row),
        "expected a count 0, 1, 2, …, found \(decimalText(value))",
        hint: "declare it \(task):continuous")
    }
    guard let exposure else { return OutcomeValues(name: task, type: self, values: values) }
    let exposureColumn = try table.column(exposure, for: "task \"\(task)\"")
    let exposures = try exposureColumn.numbers()
    for (row, value) in exposures.enumerated() where value <= 0 || value.isInfinite {
      throw DataError(
        "bad-outcome", in: "task \"\(task)\", " + exposureColumn.place(of: row),
        "expected an exposure above 0, found \(decimalText(value))",
        hint: "correct the cell, or leave it empty if it is missing")
    }
    for row in values.indices { values[row] /= exposures[row] }
    return OutcomeValues(
      name: task, type: self, values: values, companions: RowCompanions(exposure: exposures))
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    try values.requireComparablePair()
  }
}

extension OutcomeType where Self == CountOutcome {
  /// A number of events, 0, 1, 2, ….
  public static var count: CountOutcome { CountOutcome() }

  /// A number of events among rows that were watched for different lengths.
  ///
  /// - Parameters:
  ///   - column: the column of counts.
  ///   - exposure: the column of what was watched: years, beds, miles.
  ///   - ratio: r, where pairs of like exposures are to count 1 and others 0.
  public static func count(
    _ column: String, exposure: String, ratio: Double? = nil
  ) -> CountOutcome {
    CountOutcome(column: column, exposure: exposure, ratio: ratio)
  }
}
