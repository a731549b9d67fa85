/// One of several classes without an order: a task for each class, which tells it from all others.
///
/// The tasks are called `NAME[CLASS]`, and share the network's first layers like any others. The
/// predicted class is the one of the largest calibrated probability.
public struct NominalOutcome: OutcomeType {
  public static let name = "nominal"
  public static let usage = "NAME:nominal or NAME:nominal(A,B,C)"
  /// Of the tasks that it stands for.
  public static let scale = OutcomeScale.binary
  public static let bandwidth = ClassOutcome.bandwidth
  public static let calibrations = ClassOutcome.calibrations

  /// The classes, each one in full or a beginning that only it has; empty for all that the column has.
  public let classes: [String]

  public init(classes: [String] = []) {
    self.classes = classes
  }

  public init(arguments: [String], task: String) throws(DataError) {
    if (1...2).contains(arguments.count) {
      throw .arguments(arguments, task: task, type: Self.self)
    }
    classes = arguments
  }

  public var arguments: [String] { classes }

  /// A task a class, in the order of the classes.
  ///
  /// - Throws: `DataError` (`bad-outcome`) for fewer than three classes, for a class that no row has,
  ///   and for a row of another class.
  public func tasks(named task: String, in table: Table) throws(DataError) -> [Outcome] {
    try read(task, from: table, levels: []).levels.map {
      Outcome("\(task)[\($0)]", ClassOutcome(column: task, level: $0))
    }
  }

  /// The numbers of the classes, whose order means nothing.
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
    var chosen: [String] = []
    for declared in classes { chosen.append(try levels.match(declared, task: task)) }
    if chosen.isEmpty { chosen = levels.found }
    guard Set(chosen).count == chosen.count, chosen.count > 2 else {
      throw .outcome(
        task, "expected three classes or more, found \(Set(chosen).count): \(quotedList(chosen))",
        hint: chosen.count == 2 ? "declare it \(task):binary" : "name each class once")
    }
    return chosen
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    try values.requireComparablePair()
  }
}

extension OutcomeType where Self == NominalOutcome {
  /// One of several classes without an order.
  ///
  /// - Parameter classes: each one in full or a beginning that only it has; none for all that the
  ///   column has.
  public static func nominal(_ classes: String...) -> NominalOutcome {
    NominalOutcome(classes: classes)
  }
}
