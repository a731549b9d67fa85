import RankineData
import RankineLanguage

/// What the pairs of a sample's rows count for, in the form that the graph's leaves have.
package struct SamplePairs: Sendable {
  /// n, the task's rows, over twice the weight of the comparable pairs, by which a batch's mean over rows becomes a mean
  /// over pairs; one a task, 0 for a task without any.
  package let factors: [Double]
  /// The numbers that weights are computed from, one list for each, task by task and row by row; 1 where
  /// a task's weights do not read so many.
  package let numbers: [[Double]]

  package init(_ outcomes: [OutcomeValues], rows: [Int]) {
    let weights = outcomes.map { $0.pairWeights(rows: rows) }
    factors = zip(outcomes, weights).map { outcome, weights in
      let high = rows.map { outcome.high[$0] }, low = rows.map { outcome.low[$0] }
      let total =
        weights.map { PairTally(high: high, low: low, weights: $0).total }
        ?? Double(comparablePairCount(high: high, low: low))
      let own = outcome.companions.isOwn.map { isOwn in rows.count { isOwn[$0] } }
      return total > 0 ? Double(own ?? rows.count) / (2 * total) : 0
    }
    let width = weights.map { $0?.width ?? 0 }.max() ?? 0
    numbers = (0..<width).map { number in
      weights.flatMap { weights in
        weights.flatMap { number < $0.width ? $0.column(number) : nil }
          ?? Array(repeating: 1, count: rows.count)
      }
    }
  }
}
