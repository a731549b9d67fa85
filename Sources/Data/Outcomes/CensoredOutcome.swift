/// A time to an event that some rows did not have while they were observed (right censoring).
///
/// With a column of entries, rows count as observed from their entry on alone (left truncation): row i
/// can rank above an event at Tⱼ only if entryᵢ < Tⱼ, in pairs as in risk sets. A row without an entry
/// has no outcome.
public struct CensoredOutcome: OutcomeType {
  public static let name = "censored"
  public static let usage =
    "NAME=censored(TIME,EVENT) or NAME=censored(TIME,EVENT,LEVEL; entry=COLUMN, weights=uno)"
  public static let optionNames = ["entry", "weights", "tau"]
  public static let scale = OutcomeScale.censored
  public static let calibrations = ["kaplan-meier"]

  /// The column of observed times, 0 or more.
  public let time: String
  /// The column that tells events (1, true) from censored rows (0, false).
  public let event: String
  /// The level of the event column that is an event; nil for 0/1, true/false, yes/no, and for
  /// other pairs of texts the last in Unicode order.
  public let eventLevel: String?
  /// The column of times from which on rows were observed; nil where all were from the start.
  public let entry: String?
  /// What a pair counts for in training.
  public let weights: CensoredPairWeights

  public init(
    time: String, event: String, eventLevel: String? = nil, entry: String? = nil,
    weights: CensoredPairWeights = .harrell
  ) {
    (self.time, self.event, self.eventLevel) = (time, event, eventLevel)
    (self.entry, self.weights) = (entry, weights)
  }

  public init(arguments: [String], task: String) throws(DataError) {
    try self.init(arguments: arguments, options: [:], task: task)
  }

  public init(
    arguments: [String], options: [String: String], task: String
  ) throws(DataError) {
    guard arguments.count == 2 || arguments.count == 3 else {
      throw .arguments(arguments, task: task, type: Self.self)
    }
    self.init(
      time: arguments[0], event: arguments[1],
      eventLevel: arguments.count == 3 ? arguments[2] : nil, entry: options["entry"],
      weights: try Self.weights(options, task: task))
  }

  public var arguments: [String] { [time, event] + (eventLevel.map { [$0] } ?? []) }

  public var options: [String: String] {
    var options: [String: String] = [:]
    options["entry"] = entry
    if case .uno(let limit) = weights {
      options["weights"] = "uno"
      options["tau"] = limit.map(decimalText)
    }
    return options
  }

  public func columns(of task: String) -> [String] { [time, event] + (entry.map { [$0] } ?? []) }

  public func read(
    _ task: String, from table: Table, levels: [String]
  ) throws(DataError) -> OutcomeValues {
    let timeColumn = try table.column(time, for: "task \"\(task)\"")
    let eventColumn = try table.column(event, for: "task \"\(task)\"")
    var times = try timeColumn.numbers()
    for (row, value) in times.enumerated() where value < 0 {
      throw DataError(
        "bad-outcome", in: "task \"\(task)\", " + timeColumn.place(of: row),
        "expected a time of 0 or more, found \(decimalText(value))",
        hint: "correct the cell, or leave it empty if it is missing")
    }
    let found = Levels(eventColumn)
    let chosen = levels.isEmpty ? try choose(found, task: task) : levels
    let events = try found.indices(of: chosen, in: eventColumn, task: task)
    for row in times.indices where events[row].isNaN { times[row] = .nan }
    let entries = try readEntries(task, from: table, before: times)
    for row in times.indices where entries?[row].isNaN == true { times[row] = .nan }
    return OutcomeValues(
      name: task, type: self, values: times, event: events.map { $0 == 1 }, levels: chosen,
      companions: RowCompanions(entry: entries))
  }

  private func readEntries(
    _ task: String, from table: Table, before times: [Double]
  ) throws(DataError) -> [Double]? {
    guard let entry else { return nil }
    let column = try table.column(entry, for: "task \"\(task)\"")
    let entries = try column.numbers()
    for (row, value) in entries.enumerated() where value >= times[row] {
      throw DataError(
        "bad-outcome", in: "task \"\(task)\", " + column.place(of: row),
        "expected an entry before the time \(decimalText(times[row])), found \(decimalText(value))",
        hint: "a row that left before it entered was never observed: correct the cell, or leave it "
          + "empty")
    }
    return entries
  }

  /// The two levels of the event column, censored first.
  private func choose(_ levels: Levels, task: String) throws(DataError) -> [String] {
    let found = levels.found
    if let eventLevel {
      let level = try levels.match(eventLevel, task: task)
      let others = found.filter { $0 != level }
      if others.count <= 1 { return [others.first ?? "censored", level] }
    } else if levels.areNumbers {
      if found.allSatisfy({ $0 == "0" || $0 == "1" }) { return ["0", "1"] }
    } else if found.count == 2 {
      let last = levels.defaultPositive
      return [found[1 - last], found[last]]
    } else if let only = found.first?.lowercased(), found.count == 1,
      let pair = [("false", "true"), ("no", "yes")].first(where: { [$0.0, $0.1].contains(only) })
    {
      return only == pair.0 ? [found[0], pair.1] : [pair.0, found[0]]
    }
    throw .outcome(
      task,
      "expected 0 and 1, or two levels, in the event column \"\(event)\", "
        + "found \(quotedList(found))",
      hint: "name the level that is an event: \(task)=censored(\(time),\(event),LEVEL)")
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    let observed = values.observedRows
    if !observed.isEmpty, !observed.contains(where: { values.event?[$0] == true }) {
      throw .outcome(
        values.name, "every observed row is censored, so no row ranks above another",
        hint: "check which level of \"\(event)\" is an event, or leave this task out")
    }
    try values.requireComparablePair()
  }
}

extension OutcomeType where Self == CensoredOutcome {
  /// A time to an event, right-censored.
  ///
  /// - Parameters:
  ///   - time: the column of observed times.
  ///   - event: the column of 1 or true for an event, 0 or false for a censored row.
  ///   - entry: the column of times from which on rows were observed (left truncation).
  ///   - weights: what a pair counts for in training.
  public static func censored(
    time: String, event: String, entry: String? = nil, weights: CensoredPairWeights = .harrell
  ) -> CensoredOutcome {
    CensoredOutcome(time: time, event: event, entry: entry, weights: weights)
  }
}
