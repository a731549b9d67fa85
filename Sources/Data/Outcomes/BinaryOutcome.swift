/// One of two classes, the positive one ranking above the other.
public struct BinaryOutcome: OutcomeType {
  public static let name = "binary"
  public static let usage = "NAME:binary or NAME:binary(POSITIVE)"
  public static let scale = OutcomeScale.binary
  public static let calibrations = ["accuracy", "youden", "prevalence"]
  public static let bandwidth = 0.5

  /// The positive level, or a beginning that only it has. When nil: the larger of two numbers,
  /// "yes", "true" or "positive", else the last in Unicode order; `OutcomeValues.levels` records it.
  public let positive: String?

  public init(positive: String? = nil) {
    self.positive = positive
  }

  public init(arguments: [String], task: String) throws(DataError) {
    if arguments.count > 1 { throw .arguments(arguments, task: task, type: Self.self) }
    positive = arguments.first
  }

  public var arguments: [String] { positive.map { [$0] } ?? [] }

  public func read(
    _ task: String, from table: Table, levels: [String]
  ) throws(DataError) -> OutcomeValues {
    let column = try table.column(task, for: "task \"\(task)\"")
    let found = Levels(column)
    let chosen = levels.isEmpty ? try choose(found, task: task) : levels
    return OutcomeValues(
      name: task, type: self, values: try found.indices(of: chosen, in: column, task: task),
      levels: chosen)
  }

  private func choose(_ levels: Levels, task: String) throws(DataError) -> [String] {
    let found = levels.found
    if found.isEmpty { throw .outcome(task, "every value is missing", hint: "leave this task out") }
    if found.count == 1 {
      throw .outcome(
        task, "every observed value is \"\(found[0])\", so there is one class",
        hint: "leave this task out")
    }
    if found.count > 2 {
      throw .outcome(
        task, "expected two levels, found \(found.count): \(quotedList(found))",
        hint: "declare it \(task):ordinal(LOW<…<HIGH) or, if it is a number, \(task):continuous")
    }
    guard let positive else {
      let last = levels.defaultPositive
      return [found[1 - last], found[last]]
    }
    let high = try levels.match(positive, task: task)
    return found.filter { $0 != high } + [high]
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    try values.requireComparablePair()
  }
}

extension OutcomeType where Self == BinaryOutcome {
  /// One of two classes, the positive one chosen by `BinaryOutcome.positive`'s rule.
  public static var binary: BinaryOutcome { BinaryOutcome() }

  /// One of two classes.
  ///
  /// - Parameter positive: the level that ranks above, or a beginning that only it has.
  public static func binary(positive: String) -> BinaryOutcome { BinaryOutcome(positive: positive) }
}
