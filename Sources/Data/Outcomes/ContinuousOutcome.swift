/// A real number whose order is to be predicted.
public struct ContinuousOutcome: OutcomeType {
  public static let name = "continuous"
  public static let usage = "NAME:continuous"
  public static let scale = OutcomeScale.continuous
  public static let calibrations = ["huber", "absolute", "squared"]

  public init() {}

  public init(arguments: [String], task: String) throws(DataError) {
    if !arguments.isEmpty { throw .arguments(arguments, task: task, type: Self.self) }
  }

  public var arguments: [String] { [] }

  public func read(
    _ task: String, from table: Table, levels: [String]
  ) throws(DataError) -> OutcomeValues {
    let column = try table.column(task, for: "task \"\(task)\"")
    return OutcomeValues(name: task, type: self, values: try column.numbers())
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    try values.requireComparablePair()
  }
}

extension OutcomeType where Self == ContinuousOutcome {
  /// A real number.
  public static var continuous: ContinuousOutcome { ContinuousOutcome() }
}
