import RankineData
import RankineEvaluation

/// Rows that judge a fit without taking part in it.
package struct HeldRows: Sendable {
  package let rowCount: Int
  package let features: FeatureRows
  /// One a task.
  private let outcomes: [HeldOutcome]
  /// Positions of rows that are left out together when a concordance's error is judged.
  private let units: [[Int]]

  package init(_ features: FeatureMatrix, outcomes: [OutcomeValues], rows: [Int]) {
    rowCount = rows.count
    self.features = FeatureRows(features, rows: rows)
    self.outcomes = outcomes.map { HeldOutcome($0, rows: rows) }
    let positions = Dictionary(uniqueKeysWithValues: zip(rows, rows.indices))
    units = RowUnits(of: rows, outcomes: outcomes).units.map { $0.compactMap { positions[$0] } }
  }

  /// The concordance of each task's scores; nil where no pair is comparable.
  package func concordance(_ scores: [[Double]]) -> [Double?] {
    zip(scores, outcomes).map { $1.concordance($0) }
  }

  /// The standard error of the mean concordance of the tasks; nil where it has none.
  ///
  /// - Complexity: O(n²).
  package func standardError(_ scores: [[Double]]) -> Double? {
    JackknifeConcordance(zip(scores, outcomes).map { $1.tally($0) }, units: units)
      .standardError
  }
}

/// The mean concordance over the tasks that have one; 0.5 where none has.
package func meanConcordance(_ concordance: [Double?]) -> Double {
  let known = concordance.compactMap { $0 }
  return known.isEmpty ? 0.5 : known.reduce(0, +) / Double(known.count)
}
