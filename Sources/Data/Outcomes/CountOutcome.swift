/// A number of events, 0, 1, 2, ….
public struct CountOutcome: OutcomeType {
  public static let name = "count"
  public static let usage = "NAME:count"
  public static let scale = OutcomeScale.count
  public static let calibrations = ["squared"]

  public init() {}

  public init(arguments: [String], task: String) throws(DataError) {
    if !arguments.isEmpty { throw .arguments(arguments, task: task, type: Self.self) }
  }

  public var arguments: [String] { [] }

  public func read(
    _ task: String, from table: Table, levels: [String]
  ) throws(DataError) -> OutcomeValues {
    let column = try table.column(task, for: "task \"\(task)\"")
    let values = try column.numbers()
    for (row, value) in values.enumerated() where value < 0 || value != value.rounded() {
      if value.isNaN { continue }
      throw DataError(
        "bad-outcome", in: "task \"\(task)\", " + column.place(of: row),
        "expected a count 0, 1, 2, …, found \(decimalText(value))",
        hint: "declare it \(task):continuous")
    }
    return OutcomeValues(name: task, type: self, values: values)
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    try values.requireComparablePair()
  }
}

extension OutcomeType where Self == CountOutcome {
  /// A number of events, 0, 1, 2, ….
  public static var count: CountOutcome { CountOutcome() }
}
