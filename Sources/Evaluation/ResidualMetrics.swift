import Foundation

/// Mean losses of predictions on the scale of the outcome, r = value − prediction.
///
/// Without any row, every mean is NaN.
///
/// - Shapes: one prediction and one value a row; rows with NaN in either are skipped.
public struct ResidualMetrics: Equatable, Sendable {
  /// The number of rows measured.
  public let count: Int
  /// Mean |r|, in the unit of the outcome.
  public let mae: Double
  /// √ mean r², in the unit of the outcome.
  public let rmse: Double
  /// Mean of r²/2 where |r| ≤ 1.345, and of 1.345 |r| − 1.345²/2 beyond.
  public let huber: Double
  /// Mean of log(1 + r²).
  public let cauchy: Double

  /// Where Huber's loss turns from square to linear: 95 % efficiency at the normal distribution.
  public static let huberDelta: Double = 1.345

  /// Measures the rows that have both a prediction and a value.
  public init(predictions: [Double], values: [Double]) {
    let rows = ObservedRows(scores: predictions, values: values)
    let sizes = zip(rows.scores, rows.values).map { abs($1 - $0) }
    let delta = Self.huberDelta
    count = sizes.count
    mae = Statistics.mean(sizes)
    rmse = Statistics.mean(sizes.map { $0 * $0 }).squareRoot()
    huber = Statistics.mean(
      sizes.map { $0 <= delta ? $0 * $0 / 2 : delta * $0 - delta * delta / 2 })
    cauchy = Statistics.mean(sizes.map { Foundation.log(1 + $0 * $0) })
  }
}
