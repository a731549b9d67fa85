import Foundation

/// How well predicted probabilities fit what happened.
///
/// Without any row, both means are NaN.
///
/// - Shapes: one probability of the class 1 and one 0/1 value a row; NaN rows are skipped.
public struct ProbabilityMetrics: Equatable, Sendable {
  /// Mean of −log p(what happened), in nats.
  public let logLoss: Double
  /// Mean of (p − value)².
  public let brier: Double

  /// - Parameter clip: probabilities are moved into [clip, 1 − clip] for the log loss, because a
  ///   monotone fit gives exact zeros and ones, and one such miss would cost infinitely much.
  public init(probabilities: [Double], values: [Double], clip: Double = 1e-6) {
    let rows = ObservedRows(scores: probabilities, values: values)
    logLoss = Statistics.mean(
      zip(rows.scores, rows.values).map { probability, value in
        let chance = value > 0.5 ? probability : 1 - probability
        return -Foundation.log(min(max(chance, clip), 1 - clip))
      })
    brier = Statistics.mean(zip(rows.scores, rows.values).map { ($0 - $1) * ($0 - $1) })
  }
}
