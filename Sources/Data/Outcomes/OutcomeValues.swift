/// The values of one task over the rows of a table, with the keys that order its rows.
///
/// Row i is known to rank above row j exactly when `high[i] > low[j]`:
///
/// - an observed value has `high = low` = its rank among the distinct values, 0, 1, 2, …;
/// - a time censored at T has `high` = rank(T) + ½ (above every event up to T, an event at T
///   included) and `low` = +∞ (nothing is known to outlast it);
/// - a missing value has NaN in both, so that it is in no pair.
///
/// Ranks instead of values make the keys exact in Float (up to 2²² distinct values) and training
/// bit-identical under increasing transformations of the outcome.
///
/// - Source: deep smoothed rank, arXiv:2607.00995, the pairs of its extensions; comparability
///   under censoring as in Khan & Tamer, J. Econometrics 2007.
public struct OutcomeValues: Sendable {
  /// The task's name.
  public let name: String
  /// The type, with its arguments.
  public let type: any OutcomeType
  /// Per row: the number, 0 or 1, the level's index, the count or the time; NaN where missing.
  public let values: [Double]
  /// Per row: the key as the upper row of a pair.
  public let high: [Double]
  /// Per row: the key as the lower row of a pair.
  public let low: [Double]
  /// Per row: whether the time is that of an event; nil unless the scale is censored.
  public let event: [Bool]?
  /// The texts of the levels from low to high; empty unless binary or ordinal.
  public let levels: [String]
  /// What else is known of the rows.
  public let companions: RowCompanions

  /// Computes the keys of the values.
  public init(
    name: String, type: any OutcomeType, values: [Double], event: [Bool]? = nil,
    levels: [String] = [], companions: RowCompanions = RowCompanions()
  ) {
    (self.name, self.type, self.values) = (name, type, values)
    (self.event, self.levels, self.companions) = (event, levels, companions)
    let ranks = denseRanks(values)
    guard let event else {
      (high, low) = (ranks, ranks)
      return
    }
    high = zip(ranks, event).map { rank, isEvent in isEvent ? rank : rank + 0.5 }
    low = zip(ranks, event).map { rank, isEvent in isEvent || rank.isNaN ? rank : .infinity }
  }

  /// How pointwise losses see it.
  public var scale: OutcomeScale { Swift.type(of: type).scale }

  /// The rows in which the outcome is observed, ascending.
  public var observedRows: [Int] { values.indices.filter { !values[$0].isNaN } }

  /// Whether row `i` is known to rank above row `j`.
  public func ranks(_ i: Int, above j: Int) -> Bool { high[i] > low[j] }
}

extension OutcomeValues {
  /// - Throws: `DataError` `bad-outcome` when every value is missing or no row ranks above another.
  func requireComparablePair() throws(DataError) {
    let observed = observedRows
    guard let first = observed.first else {
      throw .outcome(name, "every value is missing", hint: "leave this task out")
    }
    let highest = observed.reduce(-Double.infinity) { max($0, high[$1]) }
    let lowest = observed.reduce(Double.infinity) { min($0, low[$1]) }
    if highest > lowest { return }
    let level = event == nil ? Int(exactly: values[first]) : nil
    let text =
      level.flatMap { levels.indices.contains($0) ? levels[$0] : nil }
      ?? decimalText(values[first])
    throw .outcome(
      name,
      event == nil
        ? "every observed value is \(text), so no row ranks above another"
        : "no row is known to outlast an event, so no row ranks above another",
      hint: "leave this task out")
  }
}

/// The rank of each value among the distinct values, from 0; NaN for NaN.
func denseRanks(_ values: [Double]) -> [Double] {
  let order = values.indices.filter { !values[$0].isNaN }.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: .nan, count: values.count)
  var rank = 0.0
  for (position, row) in order.enumerated() {
    if position > 0, values[row] > values[order[position - 1]] { rank += 1 }
    ranks[row] = rank
  }
  return ranks
}
