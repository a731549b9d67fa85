/// How often scores and outcomes order a pair alike: Harrell's C, and the AUC of a binary outcome.
///
///     C = (agreeing + ½ tied) / comparable
///
/// A pair is comparable when one outcome is known to be larger: equal outcomes are not, and a
/// censored time lies above every event up to and including it. A tie in the score counts one half.
///
/// - Shapes: one score, value and event mark a row; rows with NaN in score or value are skipped.
/// - Complexity: O(n log n).
/// - Source: Harrell, Lee & Mark, Statistics in Medicine 15, 1996.
public struct Concordance: Equatable, Sendable {
  /// Comparable pairs on which the larger outcome has the larger score.
  public let agreeing: Int
  /// Comparable pairs with equal scores.
  public let tied: Int
  /// Pairs with one outcome known to be larger.
  public let comparable: Int

  /// - Parameters:
  ///   - scores: larger means a larger outcome (a longer survival).
  ///   - values: the outcome, or the observed time of a censored one.
  ///   - events: false where the outcome is only known to exceed its value; nil when none is.
  public init(scores: [Double], values: [Double], events: [Bool]? = nil) {
    let sweep = PairSweep(ObservedRows(scores: scores, values: values, events: events))
    agreeing = sweep.agreeing.reduce(0, +)
    tied = sweep.tied.reduce(0, +)
    comparable = sweep.comparable.reduce(0, +)
  }

  /// C in [0, 1], or nil when no pair is comparable.
  public var value: Double? {
    comparable == 0 ? nil : (Double(agreeing) + 0.5 * Double(tied)) / Double(comparable)
  }
}
