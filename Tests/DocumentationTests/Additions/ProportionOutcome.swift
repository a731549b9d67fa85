/// A share of a whole, given as such or as a part and the column of its total.
public struct ProportionOutcome: OutcomeType {
  public static let name = "proportion"
  public static let usage = "NAME:proportion or NAME:proportion(TOTAL)"
  public static let scale = OutcomeScale.continuous
  public static let calibrations = ["huber", "absolute", "squared"]

  /// The column of totals, above 0; nil where the outcome is a share already.
  public let total: String?

  public init(of total: String? = nil) {
    self.total = total
  }

  public init(arguments: [String], task: String) throws(DataError) {
    guard arguments.count <= 1 else {
      throw DataError(
        "bad-spec", in: "task \"\(task)\"", "a proportion has one total",
        hint: "write \(Self.usage)")
    }
    self.init(of: arguments.first)
  }

  public var arguments: [String] { total.map { [$0] } ?? [] }

  public func columns(of task: String) -> [String] { [task] + arguments }

  public func read(
    _ task: String, from table: Table, levels: [String]
  ) throws(DataError) -> OutcomeValues {
    let place = "task \"\(task)\""
    let parts = try table.column(task, for: place).numbers()
    guard let total else { return OutcomeValues(name: task, type: self, values: parts) }
    let totals = try table.column(total, for: place).numbers()
    let shares = zip(parts, totals).map { $1 > 0 ? $0 / $1 : .nan }
    return OutcomeValues(name: task, type: self, values: shares)
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    if values.observedRows.isEmpty {
      throw DataError(
        "bad-outcome", in: "task \"\(values.name)\"", "no row has a share",
        hint: "check the columns \(columns(of: values.name).joined(separator: ", "))")
    }
  }
}

extension OutcomeType where Self == ProportionOutcome {
  /// A share of a whole.
  ///
  /// - Parameter total: the column of totals; a row whose total is 0 or missing has no outcome.
  public static func proportion(of total: String) -> ProportionOutcome {
    ProportionOutcome(of: total)
  }
}
