/// Whether a row is of one class of a nominal outcome: what a nominal outcome's tasks are.
public struct ClassOutcome: OutcomeType {
  public static let name = "class"
  public static let usage = "NAME=class(COLUMN,CLASS)"
  public static let scale = OutcomeScale.binary
  public static let calibrations = BinaryOutcome.calibrations
  public static let bandwidth = BinaryOutcome.bandwidth

  /// The column of classes.
  public let column: String
  /// The class that counts as 1.
  public let level: String

  public init(column: String, level: String) {
    (self.column, self.level) = (column, level)
  }

  public init(arguments: [String], task: String) throws(DataError) {
    guard arguments.count == 2 else { throw .arguments(arguments, task: task, type: Self.self) }
    self.init(column: arguments[0], level: arguments[1])
  }

  public var arguments: [String] { [column, level] }

  public func columns(of task: String) -> [String] { [column] }

  /// 1 for rows of the class, 0 for rows of any other.
  public func read(
    _ task: String, from table: Table, levels: [String]
  ) throws(DataError) -> OutcomeValues {
    let column = try table.column(column, for: "task \"\(task)\"")
    let values = Levels(column).matches(level).map { $0.map { $0 ? 1.0 : 0 } ?? .nan }
    return OutcomeValues(
      name: task, type: self, values: values, levels: ["not \(level)", level])
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    try values.requireComparablePair()
  }
}
