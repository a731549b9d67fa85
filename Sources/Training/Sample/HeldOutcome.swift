import RankineData
import RankineEvaluation

/// One outcome on rows that judge scores without taking part in a fit.
struct HeldOutcome: Sendable {
  private let values: [Double]
  private let events: [Bool]?
  private let high: [Double]
  private let low: [Double]
  /// Nil where all pairs count alike.
  private let weights: PairWeights?

  /// - Parameter rows: those that judge; where the outcome is missing they do not.
  init(_ outcome: OutcomeValues, rows: [Int]) {
    values = rows.map { outcome.values[$0] }
    events = outcome.event.map { event in rows.map { event[$0] } }
    high = rows.map { outcome.high[$0] }
    low = rows.map { outcome.low[$0] }
    weights = outcome.pairWeights(rows: rows, isTraining: false)
  }

  /// How often scores and outcomes order two rows alike; nil where no pair is comparable.
  func concordance(_ scores: [Double]) -> Double? {
    guard weights == nil else { return tally(scores).concordance }
    return Concordance(scores: scores, values: values, events: events).value
  }

  func tally(_ scores: [Double]) -> PairTally {
    PairTally(high: high, low: low, weights: weights, scores: scores)
  }
}
