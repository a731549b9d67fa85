import Foundation

/// What a pair of two visits counts for.
extension LongitudinalOutcome {
  public var pairForms: [PairForm] { [time == nil ? .clustered : .clusteredInTime] }

  /// The subject, the reciprocal number of its visits, what two of its visits count for, and the time
  /// in units of the width.
  ///
  /// With ω > 0 both terms are means over their own comparable pairs: the numbers are scaled so that the
  /// pairs between subjects weigh (1 − ω) in all, and those within subjects ω.
  public func pairNumbers(of values: OutcomeValues, rows: [Int]) -> [[Double]] {
    let isKnown = rows.map { !values.values[$0].isNaN }
    let subjects = rows.map { Double(values.companions.subject?[$0] ?? -1) }
    var visits: [Double: Double] = [:]
    for (subject, isKnown) in zip(subjects, isKnown) where isKnown {
      visits[subject, default: 0] += 1
    }
    let shares = subjects.map { 1 / (visits[$0] ?? 1) }
    let none = [Double](repeating: 0, count: rows.count)
    var numbers = [subjects, shares, none] + times(values, rows: rows, isKnown: isKnown)
    guard within > 0 else { return numbers }
    let pairs = subjects.map { 2 / max(1, (visits[$0] ?? 1) * ((visits[$0] ?? 1) - 1)) }
    let between = total(of: values, rows, numbers)
    numbers[2] = pairs
    let inside = total(of: values, rows, [subjects, none, pairs] + numbers.dropFirst(3))
    let scale = (between + inside) / max(1, Double(rows.count))
    numbers[1] = shares.map { between > 0 ? $0 * ((1 - within) / between * scale).squareRoot() : 0 }
    numbers[2] = pairs.map { inside > 0 ? $0 * within / inside * scale : 0 }
    return numbers
  }

  private func times(_ values: OutcomeValues, rows: [Int], isKnown: [Bool]) -> [[Double]] {
    guard let times = values.companions.time else { return [] }
    let own = rows.map { times[$0] }
    let known = zip(own, isKnown).filter(\.1).map(\.0)
    let count = Double(max(1, known.count))
    let mean = known.reduce(0, +) / count
    let deviation = (known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    let usual = deviation > 0 ? 1.06 * deviation * pow(count, -0.2) : 1
    return [own.map { ($0 - mean) / (width ?? usual) }]
  }

  private func total(of values: OutcomeValues, _ rows: [Int], _ columns: [[Double]]) -> Double {
    PairTally(
      high: rows.map { values.high[$0] }, low: rows.map { values.low[$0] },
      weights: PairWeights(forms: pairForms, columns: columns)
    ).total
  }
}
