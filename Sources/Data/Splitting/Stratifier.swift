import RankineSupport

/// Assigns rows to parts of given sizes so that each label is spread in proportion.
///
/// Labels are (task, class), (task, event or censored), and (task, observed) for other tasks with
/// missing values. The label with the fewest unassigned rows goes first; each of its rows goes to
/// the part that lacks most of that label. When no more rows are left than parts without the
/// label, only those parts are considered, so that every part gets one where the data allow it.
///
/// Rows of one subject go together, so sizes are as near to the given ones as subjects allow.
///
/// - Source: Sechidis, Tsoumakas & Vlahavas, ECML PKDD 2011, algorithm 1, with fixed part sizes
///   and the rule for rare labels added.
struct Stratifier {
  private let units: RowUnits
  /// Per unit: a label for each row and outcome that has one.
  private let labelsOfUnit: [[Int]]
  private let order: [Int]
  private var capacity: [Int]
  private var part: [Int]
  /// Per label and part: how many rows are still wanted, and how many are there.
  private var wanted: [[Double]]
  private var present: [[Int]]
  private var unassigned: [Int]

  /// - Parameter rows: those to assign; all rows when nil.
  init(
    rowCount: Int, rows: [Int]? = nil, outcomes: [OutcomeValues], sizes: [Int],
    random: CounterRandom
  ) {
    let rows = rows ?? Array(0..<rowCount)
    let units = RowUnits(of: rows, outcomes: outcomes)
    var random = random
    var numbers: [String: Int] = [:]
    var labelsOfUnit: [[Int]] = Array(repeating: [], count: units.units.count)
    for (task, outcome) in outcomes.enumerated() {
      let hasMissing = outcome.values.contains { $0.isNaN }
      for (position, unit) in units.units.enumerated() {
        for row in unit {
          guard let label = Self.label(outcome, row, hasMissing: hasMissing) else { continue }
          let number = numbers["\(task):\(label)"] ?? numbers.count
          numbers["\(task):\(label)"] = number
          labelsOfUnit[position].append(number)
        }
      }
    }
    (self.units, self.labelsOfUnit) = (units, labelsOfUnit)
    order = random.permutation(units.units.count)
    capacity = sizes
    part = Array(repeating: -1, count: units.units.count)
    var counts = [Int](repeating: 0, count: numbers.count)
    for label in labelsOfUnit.joined() { counts[label] += 1 }
    unassigned = counts
    wanted = counts.map { count in
      sizes.map { Double(count) * Double($0) / Double(max(1, rows.count)) }
    }
    present = counts.map { _ in sizes.map { _ in 0 } }
  }

  /// The rows of each part, ascending.
  mutating func assign() -> [[Int]] {
    while let label = rarestLabel() {
      for unit in order where part[unit] < 0 && labelsOfUnit[unit].contains(label) {
        place(unit, in: choosePart(for: label))
      }
    }
    for unit in order where part[unit] < 0 {
      place(unit, in: units.areGrouped ? emptiestPart : capacity.firstIndex { $0 > 0 } ?? 0)
    }
    return capacity.indices.map { wanted in
      part.indices.filter { part[$0] == wanted }.flatMap { units.units[$0] }.sorted()
    }
  }

  /// The part with room for most rows.
  private var emptiestPart: Int {
    capacity.indices.reduce(0) { capacity[$1] > capacity[$0] ? $1 : $0 }
  }

  private static func label(
    _ outcome: OutcomeValues, _ row: Int, hasMissing: Bool
  ) -> String? {
    if outcome.values[row].isNaN { return nil }
    switch outcome.scale {
    case .binary, .ordinal: return decimalText(outcome.values[row])
    case .censored: return outcome.event?[row] == true ? "event" : "censored"
    case .continuous, .count: return hasMissing ? "observed" : nil
    }
  }

  private func rarestLabel() -> Int? {
    var rarest: Int?
    for label in unassigned.indices where unassigned[label] > 0 {
      if unassigned[label] < rarest.map({ unassigned[$0] }) ?? .max { rarest = label }
    }
    return rarest
  }

  private func choosePart(for label: Int) -> Int {
    let open = capacity.indices.filter { capacity[$0] > 0 }
    let lacking = open.filter { present[label][$0] == 0 }
    let candidates = !lacking.isEmpty && unassigned[label] <= lacking.count ? lacking : open
    var best = candidates.first ?? 0
    for candidate in candidates.dropFirst() {
      let gain = wanted[label][candidate] - wanted[label][best]
      if gain > 0 || (gain == 0 && capacity[candidate] > capacity[best]) { best = candidate }
    }
    return best
  }

  private mutating func place(_ unit: Int, in chosen: Int) {
    part[unit] = chosen
    capacity[chosen] -= units.units[unit].count
    for label in labelsOfUnit[unit] {
      wanted[label][chosen] -= 1
      present[label][chosen] += 1
      unassigned[label] -= 1
    }
  }
}
