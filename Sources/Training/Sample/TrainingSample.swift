import RankineData
import RankineEvaluation

/// The rows of a fit in the form that the graph's leaves have.
package struct TrainingSample: Sendable {
  package let rowCount: Int
  package let featureCount: Int
  package let taskCount: Int
  package let features: FeatureRows
  /// Task by task, one key a row; NaN where the outcome is missing.
  package let high: [Double]
  package let low: [Double]
  /// Task by task, 0 where missing.
  package let target: [Double]
  /// Task by task, 1 where the outcome is known, else 0.
  package let observed: [Double]

  /// Some rows of the features and outcomes.
  ///
  /// - Parameter scalesTargets: whether targets of continuous outcomes are centred at their median
  ///   and divided by their normalized median absolute deviation, so that a loss of residuals means
  ///   the same in dollars and in days.
  package init(
    _ features: FeatureMatrix, outcomes: [OutcomeValues], rows: [Int], scalesTargets: Bool = false
  ) {
    rowCount = rows.count
    featureCount = features.columnCount
    taskCount = outcomes.count
    self.features = FeatureRows(features, rows: rows)
    high = outcomes.flatMap { outcome in rows.map { outcome.high[$0] } }
    low = outcomes.flatMap { outcome in rows.map { outcome.low[$0] } }
    let values = outcomes.flatMap { outcome in
      let values = rows.map { outcome.values[$0] }
      return scalesTargets && outcome.scale == .continuous ? Self.scaled(values) : values
    }
    target = values.map { $0.isNaN ? 0 : $0 }
    observed = values.map { $0.isNaN ? 0 : 1 }
  }

  /// (y − median)/MAD; where more than half of the values are equal, divided by the standard
  /// deviation.
  private static func scaled(_ values: [Double]) -> [Double] {
    let known = values.filter { !$0.isNaN }
    guard !known.isEmpty else { return values }
    let center = Statistics.median(known)
    let spreads = [
      Statistics.medianAbsoluteDeviation(known), Statistics.standardDeviation(known),
    ]
    let spread = spreads.first { $0 > 0 && $0.isFinite } ?? 1
    return values.map { ($0 - center) / spread }
  }

  /// Comparable ordered pairs of each task.
  package var comparablePairs: [Int] {
    (0..<taskCount).map { task in
      let range = (task * rowCount)..<((task + 1) * rowCount)
      return comparablePairCount(high: Array(high[range]), low: Array(low[range]))
    }
  }

  /// n over twice the comparable pairs, by which a batch's mean over rows becomes a mean over pairs;
  /// 0 for a task without any.
  package var pairFactors: [Double] {
    comparablePairs.map { $0 == 0 ? 0 : Double(rowCount) / (2 * Double($0)) }
  }
}
