/// How many of the features that are selected on at least a share τ of complementary half samples can
/// be expected to be false.
///
/// q of p features are selected on each of B pairs of halves. "False" is a feature that a half sample
/// selects no more often than one of all p at random, with probability at most θ = q/p.
///
/// - Source: Meinshausen & Bühlmann, JRSS B 72 (2010), theorem 1; Shah & Samworth, JRSS B 75 (2013),
///   theorems 1 and 2.
public struct StabilityBound: Sendable, Equatable {
  /// p.
  public let featureCount: Int
  /// q.
  public let selectedCount: Int
  /// B.
  public let pairCount: Int

  public init(featureCount: Int, selectedCount: Int, pairCount: Int) {
    (self.featureCount, self.selectedCount) = (featureCount, selectedCount)
    self.pairCount = pairCount
  }

  private var theta: Double { Double(selectedCount) / Double(featureCount) }

  /// q²/((2τ − 1)p), whatever the distribution of the shares; nil for τ of at most ½.
  public func worstCase(threshold: Double) -> Double? {
    threshold > 0.5 ? theta * Double(selectedCount) / (2 * threshold - 1) : nil
  }

  /// The bound where the shares of false features are distributed with one mode, at most `worstCase`.
  ///
  ///     q²/p · 1/(2(2τ − 1 − 1/(2B)))          for τ ≤ ¾
  ///     q²/p · 4(1 − τ + 1/(2B))/(1 + 1/B)     for τ > ¾
  ///
  /// It holds for θ ≤ 1/√3 and τ > ½ + min(θ², 1/(2B) + ¾θ²); elsewhere the worst case stands for it. Nil
  /// for τ of at most ½.
  public func unimodal(threshold: Double) -> Double? {
    guard let worst = worstCase(threshold: threshold) else { return nil }
    let half = 0.5 / Double(pairCount)
    let least = 0.5 + min(theta * theta, half + 0.75 * theta * theta)
    guard 3 * theta * theta <= 1, threshold > least, 2 * threshold - 1 > half else { return worst }
    let factor =
      threshold <= 0.75
      ? 0.5 / (2 * threshold - 1 - half) : 4 * (1 - threshold + half) / (1 + 2 * half)
    return min(worst, theta * Double(selectedCount) * factor)
  }

  /// The largest q for which at most so many false selections can be expected, at least 1.
  public static func largestSelection(
    featureCount: Int, pairCount: Int, threshold: Double, expectedFalse: Double
  ) -> Int {
    var largest = 1
    for count in 1...max(1, featureCount) {
      let bound = StabilityBound(
        featureCount: featureCount, selectedCount: count, pairCount: pairCount)
      guard let expected = bound.unimodal(threshold: threshold), expected <= expectedFalse
      else { break }
      largest = count
    }
    return largest
  }
}
