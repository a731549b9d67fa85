/// One task: the name of its outcome and the outcome's type.
///
///     Outcome("ER", .binary(positive: "Positive"))
///     Outcome("relapse", .censored(time: "time", event: "event"))
public struct Outcome: Sendable {
  /// The task's name; also its column, unless the type names others.
  public let name: String
  /// What kind of response it is.
  public let type: any OutcomeType
  /// The levels learned from the training table, low to high; empty until then or without levels.
  public let levels: [String]

  /// Declares a task.
  public init(_ name: String, _ type: some OutcomeType) {
    self.init(name, anyType: type)
  }

  init(_ name: String, anyType: any OutcomeType, levels: [String] = []) {
    (self.name, type, self.levels) = (name, anyType, levels)
  }

  /// The tasks that a model has for this outcome: one, or one a class of a nominal outcome.
  ///
  /// - Throws: `DataError` with the place.
  public func tasks(in table: Table) throws(DataError) -> [Outcome] {
    try type.tasks(named: name, in: table)
  }

  /// The columns that the task reads.
  public var columns: [String] { type.columns(of: name) }

  /// The values of the task in a table, coded by the learned levels if there are any.
  ///
  /// - Throws: `DataError` `missing-column`, `not-a-number` or `bad-outcome` with the place.
  public func read(from table: Table) throws(DataError) -> OutcomeValues {
    try type.read(name, from: table, levels: levels)
  }

  /// The same task with the levels of its training values, to code another table alike.
  public func learned(from values: OutcomeValues) -> Outcome {
    Outcome(name, anyType: type, levels: values.levels)
  }
}

extension Outcome: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, type, arguments, options, levels
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .name)
    let typeName = try container.decode(String.self, forKey: .type)
    let arguments = try container.decode([String].self, forKey: .arguments)
    let options = try container.decodeIfPresent([String: String].self, forKey: .options) ?? [:]
    let type = try OutcomeTypes.named(typeName, task: name)
    self.init(
      name, anyType: try type.make(arguments: arguments, options: options, task: name),
      levels: try container.decode([String].self, forKey: .levels))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(Swift.type(of: type).name, forKey: .type)
    try container.encode(type.arguments, forKey: .arguments)
    if !type.options.isEmpty { try container.encode(type.options, forKey: .options) }
    try container.encode(levels, forKey: .levels)
  }
}
