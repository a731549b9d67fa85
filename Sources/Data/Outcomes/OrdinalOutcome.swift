/// One of several ordered levels.
public struct OrdinalOutcome: OutcomeType {
  public static let name = "ordinal"
  public static let usage = "NAME:ordinal(LOW<…<HIGH; weights=…), where numbers need no levels"
  public static let optionNames = ["weights"]
  public static let scale = OutcomeScale.ordinal
  public static let separator: Character = "<"
  public static let calibrations = ["accuracy", "quadraticKappa"]

  /// The levels from low to high, each one in full or a beginning that only it has. Empty for
  /// numbers, which order themselves.
  public let levels: [String]
  /// What a pair counts for.
  public let weights: OrdinalPairWeights

  public init(levels: [String] = [], weights: OrdinalPairWeights = .pairs) {
    (self.levels, self.weights) = (levels, weights)
  }

  public init(arguments: [String], task: String) throws(DataError) {
    try self.init(arguments: arguments, options: [:], task: task)
  }

  public init(
    arguments: [String], options: [String: String], task: String
  ) throws(DataError) {
    if arguments.count == 1 { throw .arguments(arguments, task: task, type: Self.self) }
    let word = options["weights"] ?? OrdinalPairWeights.pairs.rawValue
    guard let weights = OrdinalPairWeights(rawValue: word) else {
      let words = OrdinalPairWeights.allCases.map(\.rawValue)
      throw Self.badOption("weights", word, words.joined(separator: ", "), task: task)
    }
    self.init(levels: arguments, weights: weights)
  }

  public var arguments: [String] { levels }

  public var options: [String: String] {
    weights == .pairs ? [:] : ["weights": weights.rawValue]
  }

  public func read(
    _ task: String, from table: Table, levels learned: [String]
  ) throws(DataError) -> OutcomeValues {
    let column = try table.column(task, for: "task \"\(task)\"")
    let found = Levels(column)
    let chosen = learned.isEmpty ? try choose(found, task: task) : learned
    return OutcomeValues(
      name: task, type: self, values: try found.indices(of: chosen, in: column, task: task),
      levels: chosen)
  }

  private func choose(_ found: Levels, task: String) throws(DataError) -> [String] {
    if levels.isEmpty {
      guard found.areNumbers else {
        throw .outcome(
          task, "its levels are texts, which have no order: \(quotedList(found.found))",
          hint: "name them from low to high: \(task):ordinal(LOW<…<HIGH)")
      }
      return found.found
    }
    var chosen: [String] = []
    for declared in levels {
      let level = try found.match(declared, task: task)
      if chosen.contains(level) {
        throw .outcome(
          task, "two declared levels mean the value \"\(level)\"",
          hint: "the values are \(quotedList(found.found, limit: 12))")
      }
      chosen.append(level)
    }
    return chosen
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    try values.requireComparablePair()
  }
}

extension OutcomeType where Self == OrdinalOutcome {
  /// Numbers of which the order alone matters.
  public static var ordinal: OrdinalOutcome { OrdinalOutcome() }

  /// Ordered levels.
  ///
  /// - Parameter levels: from low to high, each one in full or a beginning that only it has.
  public static func ordinal(_ levels: String...) -> OrdinalOutcome {
    OrdinalOutcome(levels: levels)
  }
}
