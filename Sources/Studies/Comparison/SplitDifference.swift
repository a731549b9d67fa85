import RankineEvaluation

/// Whether two models differ over repeated splits of the same rows.
///
/// Splits share rows, so that their differences are not independent and Student's interval is too
/// narrow. The variance of the mean is therefore enlarged by the share of test to training rows:
///
///     mean(dᵢ) ± t(ν = n − 1) · s_d · √(1/n + n_test/n_train),  dᵢ = firstᵢ − secondᵢ
///
/// - Units: those of the metric.
/// - Source: Nadeau & Bengio, Machine Learning 52, 2003, section 3.2 (corrected resampled t).
public struct SplitDifference: Equatable, Sendable {
  /// The splits that both models have.
  public let count: Int
  /// The mean of first − second; NaN without splits.
  public let mean: Double
  /// The enlarged standard error; NaN below two splits.
  public let standardError: Double
  /// The confidence interval, or nil below two splits.
  public let interval: ClosedRange<Double>?

  /// - Parameters:
  ///   - first: a metric of one model, a value a split; NaN where missing.
  ///   - second: the same metric of the other model, in the same order.
  ///   - testShare: test rows over training rows.
  ///   - confidence: the coverage of the interval, in (0, 1).
  public init(
    _ first: [Double], minus second: [Double], testShare: Double, confidence: Double = 0.95
  ) {
    let plain = PairedDifference(first, minus: second, confidence: confidence)
    let widening = (1 + Double(plain.count) * testShare).squareRoot()
    (count, mean, standardError) = (plain.count, plain.mean, plain.standardError * widening)
    interval = plain.interval.map { [mean] plain in
      let reach = (plain.upperBound - mean) * widening
      return (mean - reach)...(mean + reach)
    }
  }

  /// Whether the interval leaves out zero.
  public var isClear: Bool { interval.map { !$0.contains(0) } ?? false }
}
