/// A time to an event that some rows did not have while they were observed (right censoring).
public struct CensoredOutcome: OutcomeType {
  public static let name = "censored"
  public static let usage = "NAME=censored(TIME,EVENT) or NAME=censored(TIME,EVENT,LEVEL)"
  public static let scale = OutcomeScale.censored
  public static let calibrations = ["kaplan-meier"]

  /// The column of observed times, 0 or more.
  public let time: String
  /// The column that tells events (1, true) from censored rows (0, false).
  public let event: String
  /// The level of the event column that is an event; nil for 0/1, true/false, yes/no, and for
  /// other pairs of texts the last in Unicode order.
  public let eventLevel: String?

  public init(time: String, event: String, eventLevel: String? = nil) {
    (self.time, self.event, self.eventLevel) = (time, event, eventLevel)
  }

  public init(arguments: [String], task: String) throws(DataError) {
    guard arguments.count == 2 || arguments.count == 3 else {
      throw .arguments(arguments, task: task, type: Self.self)
    }
    self.init(
      time: arguments[0], event: arguments[1], eventLevel: arguments.count == 3 ? arguments[2] : nil
    )
  }

  public var arguments: [String] { [time, event] + (eventLevel.map { [$0] } ?? []) }

  public func columns(of task: String) -> [String] { [time, event] }

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
    return OutcomeValues(
      name: task, type: self, values: times, event: events.map { $0 == 1 }, levels: chosen)
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
  public static func censored(time: String, event: String) -> CensoredOutcome {
    CensoredOutcome(time: time, event: event)
  }
}
