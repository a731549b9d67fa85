import RankineEvaluation

/// The mean and the standard deviation of a network's scores among its training rows: what makes the
/// scores of several networks comparable.
struct ScoreUnit: Codable, Sendable, Equatable {
  let mean: Double
  /// 1 where all scores are equal.
  let deviation: Double

  init(of scores: [Double]) {
    let deviation = Statistics.standardDeviation(scores)
    (mean, self.deviation) = (Statistics.mean(scores), deviation > 0 ? deviation : 1)
  }

  /// (score − mean)/deviation.
  func standardized(_ score: Double) -> Double { (score - mean) / deviation }

  /// As for one score.
  func standardized(_ scores: [Double]) -> [Double] { scores.map { standardized($0) } }

  /// mean + deviation · z.
  func restored(_ z: Double) -> Double { z * deviation + mean }
}
