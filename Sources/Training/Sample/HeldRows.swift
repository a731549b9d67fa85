import RankineData
import RankineEvaluation

/// Rows that judge a fit without taking part in it.
package struct HeldRows: Sendable {
  package let rowCount: Int
  package let features: FeatureRows
  /// The outcomes of these rows, one a task.
  package let values: [[Double]]
  package let events: [[Bool]?]

  package init(_ features: FeatureMatrix, outcomes: [OutcomeValues], rows: [Int]) {
    rowCount = rows.count
    self.features = FeatureRows(features, rows: rows)
    values = outcomes.map { outcome in rows.map { outcome.values[$0] } }
    events = outcomes.map { outcome in outcome.event.map { event in rows.map { event[$0] } } }
  }

  /// The concordance of each task's scores; nil where no pair is comparable.
  package func concordance(_ scores: [[Double]]) -> [Double?] {
    zip(scores, zip(values, events)).map { scores, outcome in
      Concordance(scores: scores, values: outcome.0, events: outcome.1).value
    }
  }
}

/// The mean concordance over the tasks that have one; 0.5 where none has.
package func meanConcordance(_ concordance: [Double?]) -> Double {
  let known = concordance.compactMap { $0 }
  return known.isEmpty ? 0.5 : known.reduce(0, +) / Double(known.count)
}
