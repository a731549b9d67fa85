import RankineData

/// Concordance for censored outcomes that does not depend on the censoring distribution.
///
/// Each pair is weighed by the event below, j, as if censored rows had been replaced by like ones:
///
///     C = Σⱼ wⱼ (agreeingⱼ + ½ tiedⱼ) / Σⱼ wⱼ comparableⱼ,  wⱼ = 1{Tⱼ < τ} Ĝ(Tⱼ−)⁻²
///
/// with Ĝ the Kaplan–Meier curve of the censoring time. τ is the given limit; where none is given,
/// events at which Ĝ(T−) is below 0.05 are left out, because their weight would be mostly noise.
///
/// - Source: Uno, Cai, Pencina, D'Agostino & Wei, Statistics in Medicine 30, 2011.
public struct UnoConcordance: Equatable, Sendable {
  /// C in [0, 1], or nil when no pair is comparable.
  public let value: Double?
  /// The sum of the pair weights.
  public let totalWeight: Double

  /// - Parameters:
  ///   - scores: larger means a longer survival.
  ///   - times: observed times.
  ///   - events: false where the row was censored.
  ///   - limit: τ, in the unit of time.
  ///   - censoring: Ĝ estimated elsewhere (on training rows, say); nil estimates it on these rows.
  public init(
    scores: [Double], times: [Double], events: [Bool], limit: Double? = nil,
    censoring: KaplanMeier? = nil
  ) {
    let rows = ObservedRows(scores: scores, values: times, events: events)
    let sweep = PairSweep(rows)
    let seen = (0..<rows.count).map { rows.isEvent($0) }
    let weighing = CensoringWeight(
      curve: censoring ?? .ofCensoring(times: rows.values, events: seen), limit: limit)
    var agreement = 0.0
    var total = 0.0
    for row in 0..<rows.count where sweep.comparable[row] > 0 {
      let weight = weighing.weight(ofEventAt: rows.values[row])
      agreement += weight * (Double(sweep.agreeing[row]) + 0.5 * Double(sweep.tied[row]))
      total += weight * Double(sweep.comparable[row])
    }
    totalWeight = total
    value = total > 0 ? agreement / total : nil
  }
}
