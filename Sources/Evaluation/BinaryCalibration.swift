import RankineData

/// How a threshold on the score is chosen.
public enum ThresholdRule: String, Codable, CaseIterable, Sendable {
  /// Most rows right; ties by F1, then by the share predicted positive closest to the prevalence.
  case accuracy
  /// Largest sensitivity + specificity − 1 (Youden's index); ties by accuracy.
  case youden
  /// The share predicted positive closest to the prevalence; ties by accuracy.
  case prevalence
}

/// From a score to a class and the probability of class 1.
///
/// The class is 1 when the score exceeds the threshold. Candidate thresholds are the midpoints of
/// neighbouring scores and both ends. The probability is the isotonic fit of the 0/1 outcome under
/// the squared loss, which is also the maximum-likelihood fit.
public struct BinaryCalibration: Codable, Equatable, Sendable {
  /// Scores above it are class 1. An end, where all rows are one class, is ± the largest number.
  public let threshold: Double
  /// The probability of class 1, in [0, 1].
  public let probability: IsotonicFit

  /// - Parameters:
  ///   - scores: of rows that the model may learn from; never give test rows.
  ///   - values: 0 or 1, NaN where missing.
  ///   - rule: how the threshold is chosen.
  ///   - prevalence: the share of class 1 in training; nil takes that of these rows.
  ///   - task: the name that an error gives as its place.
  /// - Throws: `no-observed-outcome`; `not-binary` when a value is neither 0 nor 1.
  public init(
    scores: [Double], values: [Double], rule: ThresholdRule = .accuracy, prevalence: Double? = nil,
    task: String = ""
  ) throws {
    let rows = ObservedRows(scores: scores, values: values).sortedFinite()
    if let value = rows.values.first(where: { $0 != 0 && $0 != 1 }) {
      throw EvaluationError.notBinary(value, task: task)
    }
    probability = try IsotonicFit(scores: rows.scores, values: rows.values, task: task)
    let candidates = ThresholdCandidate.all(of: rows)
    let share = prevalence ?? Statistics.mean(rows.values)
    var best = candidates[0]
    for candidate in candidates.dropFirst() where candidate.isBetter(than: best, by: rule, share) {
      best = candidate
    }
    threshold = best.threshold
  }

  /// The class, 0 or 1, at a score.
  public func predict(_ score: Double) -> Double {
    score.isNaN ? .nan : score > threshold ? 1 : 0
  }
}

/// One threshold and the four counts it gives on the calibration rows.
private struct ThresholdCandidate {
  let threshold: Double
  let truePositives: Int
  let falsePositives: Int
  let positives: Int
  let negatives: Int

  /// From "all are positive" to "none is", in ascending order of threshold.
  static func all(of rows: ObservedRows) -> [ThresholdCandidate] {
    let groups = runs(of: rows.scores)
    let positives = rows.values.count { $0 == 1 }
    let negatives = rows.count - positives
    var remaining = (positives, negatives)
    return (0...groups.count).map { cut in
      if cut > 0 {
        let passed = rows.values[groups[cut - 1]].count { $0 == 1 }
        remaining.0 -= passed
        remaining.1 -= groups[cut - 1].count - passed
      }
      return ThresholdCandidate(
        threshold: cutPoint(cut, groups: groups, scores: rows.scores),
        truePositives: remaining.0, falsePositives: remaining.1, positives: positives,
        negatives: negatives)
    }
  }

  private var hits: Int { truePositives + negatives - falsePositives }
  private var f1: Double {
    truePositives == 0
      ? 0 : 2 * Double(truePositives) / Double(truePositives + falsePositives + positives)
  }
  /// Youden's index; a class without rows counts as fully recognized.
  private var youden: Double {
    (positives == 0 ? 1 : Double(truePositives) / Double(positives))
      - (negatives == 0 ? 0 : Double(falsePositives) / Double(negatives))
  }
  private func gap(to share: Double) -> Double {
    abs(Double(truePositives + falsePositives) - share * Double(positives + negatives))
  }

  func isBetter(than other: Self, by rule: ThresholdRule, _ share: Double) -> Bool {
    let accuracy = (Double(hits), f1, -gap(to: share))
    let otherAccuracy = (Double(other.hits), other.f1, -other.gap(to: share))
    switch rule {
    case .accuracy: break
    case .youden: if youden != other.youden { return youden > other.youden }
    case .prevalence:
      if gap(to: share) != other.gap(to: share) { return gap(to: share) < other.gap(to: share) }
    }
    return accuracy > otherAccuracy
  }
}

/// A threshold that leaves the first `cut` groups of equal scores at or below it.
func cutPoint(_ cut: Int, groups: [Range<Int>], scores: [Double]) -> Double {
  guard cut > 0 else { return -.greatestFiniteMagnitude }
  guard cut < groups.count else { return .greatestFiniteMagnitude }
  let below = scores[groups[cut - 1].lowerBound]
  let above = scores[groups[cut].lowerBound]
  let middle = 0.5 * below + 0.5 * above
  return middle < above ? middle : below
}
