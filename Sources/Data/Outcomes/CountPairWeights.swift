import Foundation

/// What a pair of two rates counts for.
extension CountOutcome {
  public var pairForms: [PairForm] {
    exposure == nil ? [] : [ratio == nil ? .harmonic : .window]
  }

  /// Exposures in units of their mean, or their logarithms in units of log r.
  public func pairNumbers(of values: OutcomeValues, rows: [Int]) -> [[Double]] {
    let exposures = rows.map { values.companions.exposure?[$0] ?? .nan }
    if let ratio { return [exposures.map { log($0) / log(ratio) }] }
    let known = exposures.filter { !$0.isNaN }
    let mean = known.reduce(0, +) / Double(max(1, known.count))
    return [exposures.map { $0 / mean }]
  }
}
