/// Whether two methods differ over the same replications, with Student's confidence interval.
///
///     mean(dᵢ) ± t(ν = n − 1) · s_d / √n,  dᵢ = firstᵢ − secondᵢ
///
/// - Units: those of the metric.
public struct PairedDifference: Equatable, Sendable {
  /// The pairs in which both are numbers.
  public let count: Int
  /// The mean of first − second; NaN without pairs.
  public let mean: Double
  /// Its standard error; NaN below two pairs.
  public let standardError: Double
  /// The confidence interval, or nil below two pairs.
  public let interval: ClosedRange<Double>?

  /// - Parameters:
  ///   - first: a metric of one method, a value a replication; NaN where missing.
  ///   - second: the same metric of the other method, in the same order.
  ///   - confidence: the coverage of the interval, in (0, 1).
  public init(_ first: [Double], minus second: [Double], confidence: Double = 0.95) {
    precondition(first.count == second.count, "one value of each method a replication")
    let differences = zip(first, second).map { $0 - $1 }.filter { $0.isFinite }
    count = differences.count
    mean = Statistics.mean(differences)
    standardError = Statistics.standardError(differences)
    guard count > 1 else {
      interval = nil
      return
    }
    let reach =
      standardError
      * StudentT(degreesOfFreedom: Double(count - 1)).quantile(0.5 + 0.5 * confidence)
    interval = (mean - reach)...(mean + reach)
  }
}
