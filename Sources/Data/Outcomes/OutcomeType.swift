/// What kind of response a task predicts: how its columns are read, in which order its rows are
/// ranked, and what suits it.
///
/// A new type is one file that conforms and one line in `OutcomeTypes.all`.
public protocol OutcomeType: Sendable {
  /// The word in a task specification: `binary`.
  static var name: String { get }
  /// The forms of a specification, for messages: `NAME:binary or NAME:binary(POSITIVE)`.
  static var usage: String { get }
  /// How pointwise losses see it.
  static var scale: OutcomeScale { get }
  /// What stands between arguments in a specification.
  static var separator: Character { get }
  /// The calibrations that fit it, each named by what it optimizes, the default first.
  static var calibrations: [String] { get }
  /// The default bandwidth σ of the smoothed rank loss, in standard deviations of the scores.
  static var bandwidth: Double { get }

  /// - Throws: `DataError` `bad-spec` for a wrong number of arguments.
  init(arguments: [String], task: String) throws(DataError)

  /// The arguments from which `init(arguments:task:)` makes the same type.
  var arguments: [String] { get }

  /// The names of options, which stand after a semicolon: `(time,event; entry=start)`.
  static var optionNames: [String] { get }

  /// - Parameter options: their texts by their names, which are among `optionNames`.
  /// - Throws: `DataError` `bad-spec` for a wrong number of arguments or a value that does not fit.
  init(arguments: [String], options: [String: String], task: String) throws(DataError)

  /// The options from which `init(arguments:options:task:)` makes the same type.
  var options: [String: String] { get }

  /// The columns that the task reads.
  func columns(of task: String) -> [String]

  /// The tasks that a model has for this outcome: itself, unless it is several.
  ///
  /// - Throws: `DataError` with the place.
  func tasks(named task: String, in table: Table) throws(DataError) -> [Outcome]

  /// The formulas whose product is the weight of a pair; empty where all pairs count alike.
  var pairForms: [PairForm] { get }

  /// The numbers that the formulas read.
  ///
  /// - Returns: a list for each number of each form, in order, with one entry for each of `rows`; what
  ///   it has for rows without the outcome is not used.
  func pairNumbers(of values: OutcomeValues, rows: [Int]) -> [[Double]]

  /// The task's values.
  ///
  /// - Parameter levels: those learned from the training table; empty when they are to be learned.
  /// - Throws: `DataError` `missing-column`, `not-a-number` or `bad-outcome` with the place.
  func read(_ task: String, from table: Table, levels: [String]) throws(DataError) -> OutcomeValues

  /// Whether a model can be trained on the values.
  ///
  /// - Throws: `DataError` `bad-outcome` with the task and the remedy.
  func validate(_ values: OutcomeValues) throws(DataError)
}

extension OutcomeType {
  public static var separator: Character { "," }
  public static var bandwidth: Double { 0.3 }
  public static var optionNames: [String] { [] }
  public var options: [String: String] { [:] }
  public var pairForms: [PairForm] { [] }
  public func columns(of task: String) -> [String] { [task] }
  public func tasks(named task: String, in table: Table) throws(DataError) -> [Outcome] {
    [Outcome(task, anyType: self)]
  }
  public func pairNumbers(of values: OutcomeValues, rows: [Int]) -> [[Double]] { [] }
  public init(
    arguments: [String], options: [String: String], task: String
  ) throws(DataError) {
    try self.init(arguments: arguments, task: task)
  }
}

/// The outcome types that a specification can name.
public enum OutcomeTypes {
  /// Every type, in the order of the documentation.
  public static let all: [any OutcomeType.Type] = [
    ContinuousOutcome.self,
    BinaryOutcome.self,
    OrdinalOutcome.self,
    CountOutcome.self,
    CensoredOutcome.self,
    LongitudinalOutcome.self,
    NominalOutcome.self,
    ClassOutcome.self,
  ]

  /// The type that a specification names.
  ///
  /// - Throws: `DataError` `unknown-type` with the nearest name.
  public static func named(
    _ name: String, task: String
  ) throws(DataError) -> any OutcomeType.Type {
    for type in all where type.name == name.lowercased() { return type }
    throw DataError.unknownType(name, task: task)
  }
}
