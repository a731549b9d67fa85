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
  /// The rows that are the task's own; nil where it has all rows.
  public let source: RowSource?

  /// Declares a task.
  public init(_ name: String, _ type: some OutcomeType) {
    self.init(name, anyType: type)
  }

  init(
    _ name: String, anyType: any OutcomeType, levels: [String] = [], source: RowSource? = nil
  ) {
    (self.name, type, self.levels, self.source) = (name, anyType, levels, source)
  }

  /// The same outcome in the rows of one source alone.
  public func of(_ source: RowSource, named name: String) -> Outcome {
    Outcome(name, anyType: type, levels: levels, source: source)
  }

  /// The tasks that a model has for this outcome: one, or one a class of a nominal outcome. Where it has
  /// rows of its own, its classes are those of these rows.
  ///
  /// - Throws: `DataError` with the place.
  public func tasks(in table: Table) throws(DataError) -> [Outcome] {
    guard let source else { return try type.tasks(named: name, in: table) }
    guard type is NominalOutcome else { return [self] }
    let owned = try source.ownership(in: table, task: name)
    let texts = try table.column(source.outcome, for: "task \"\(name)\"").texts()
    let own = try Table(
      table.name,
      columns: [Column(source.outcome, texts: zip(texts, owned).filter(\.1).map(\.0))])
    return try type.tasks(named: source.outcome, in: own).map { task in
      task.of(source, named: name + task.name.dropFirst(source.outcome.count))
    }
  }

  /// The columns that the task reads.
  public var columns: [String] {
    type.columns(of: source?.outcome ?? name) + (source.map { [$0.column] } ?? [])
  }

  /// The values of the task in a table, coded by the learned levels if there are any.
  ///
  /// - Throws: `DataError` `missing-column`, `not-a-number` or `bad-outcome` with the place.
  public func read(from table: Table) throws(DataError) -> OutcomeValues {
    guard let source else { return try type.read(name, from: table, levels: levels) }
    let owned = try source.ownership(in: table, task: name)
    return try type.read(source.outcome, from: table, levels: levels)
      .restricted(to: owned, named: name)
  }

  /// The same task with the levels of its training values, to code another table alike.
  public func learned(from values: OutcomeValues) -> Outcome {
    Outcome(name, anyType: type, levels: values.levels, source: source)
  }
}

extension Outcome: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, type, arguments, options, levels, source
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
      levels: try container.decode([String].self, forKey: .levels),
      source: try container.decodeIfPresent(RowSource.self, forKey: .source))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(Swift.type(of: type).name, forKey: .type)
    try container.encode(type.arguments, forKey: .arguments)
    if !type.options.isEmpty { try container.encode(type.options, forKey: .options) }
    try container.encode(levels, forKey: .levels)
    try container.encodeIfPresent(source, forKey: .source)
  }
}
