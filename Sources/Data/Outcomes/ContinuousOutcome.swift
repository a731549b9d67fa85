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
    try values.requireVariation()
  }
}

extension OutcomeType where Self == ContinuousOutcome {
  /// A real number.
  public static var continuous: ContinuousOutcome { ContinuousOutcome() }
}

extension OutcomeValues {
  /// - Throws: `DataError` `bad-outcome` when every value is missing or all are equal.
  func requireVariation() throws(DataError) {
    guard let first = values.first(where: { !$0.isNaN }) else {
      throw .outcome(name, "every value is missing", hint: "leave this task out")
    }
    if values.allSatisfy({ $0.isNaN || $0 == first }) {
      let text = levels.isEmpty ? decimalText(first) : "\"\(levels[Int(first)])\""
      throw .outcome(
        name, "every observed value is \(text), so no row ranks above another",
        hint: "leave this task out")
    }
  }
}
