import RankineData
import RankineEvaluation

/// Rows that judge a fit without taking part in it.
package struct HeldRows: Sendable {
  package let rowCount: Int
  package let features: FeatureRows
  /// The outcomes of these rows, one a task.
  private let outcomes: [Held]
  /// Positions of rows that are left out together when a concordance's error is judged.
  private let units: [[Int]]

  private struct Held: Sendable {
    let values: [Double]
    let events: [Bool]?
    let high: [Double]
    let low: [Double]
    /// Nil where all pairs count alike.
    let weights: PairWeights?
  }

  package init(_ features: FeatureMatrix, outcomes: [OutcomeValues], rows: [Int]) {
    rowCount = rows.count
    self.features = FeatureRows(features, rows: rows)
    self.outcomes = outcomes.map { outcome in
      Held(
        values: rows.map { outcome.values[$0] },
        events: outcome.event.map { event in rows.map { event[$0] } },
        high: rows.map { outcome.high[$0] }, low: rows.map { outcome.low[$0] },
        weights: outcome.pairWeights(rows: rows, isTraining: false))
    }
    let positions = Dictionary(uniqueKeysWithValues: zip(rows, rows.indices))
    units = RowUnits(of: rows, outcomes: outcomes).units.map { $0.compactMap { positions[$0] } }
  }

  /// The concordance of each task's scores; nil where no pair is comparable.
  package func concordance(_ scores: [[Double]]) -> [Double?] {
    zip(scores, outcomes).map { scores, outcome in
      guard outcome.weights == nil else { return tally(of: outcome, scores).concordance }
      return Concordance(scores: scores, values: outcome.values, events: outcome.events).value
    }
  }

  /// The standard error of the mean concordance of the tasks; nil where it has none.
  ///
  /// - Complexity: O(n²).
  package func standardError(_ scores: [[Double]]) -> Double? {
    JackknifeConcordance(zip(scores, outcomes).map { tally(of: $1, $0) }, units: units)
      .standardError
  }

  private func tally(of outcome: Held, _ scores: [Double]) -> PairTally {
    PairTally(high: outcome.high, low: outcome.low, weights: outcome.weights, scores: scores)
  }
}

/// The mean concordance over the tasks that have one; 0.5 where none has.
package func meanConcordance(_ concordance: [Double?]) -> Double {
  let known = concordance.compactMap { $0 }
  return known.isEmpty ? 0.5 : known.reduce(0, +) / Double(known.count)
}
