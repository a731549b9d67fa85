/// The four counts of a yes/no prediction and the usual ratios of them.
///
/// - Shapes: predictions and values are 0 or 1, one a row; rows with NaN in either are skipped.
public struct ClassificationMetrics: Equatable, Sendable {
  /// Rows of class 1 predicted as 1.
  public let truePositives: Int
  /// Rows of class 0 predicted as 1.
  public let falsePositives: Int
  /// Rows of class 0 predicted as 0.
  public let trueNegatives: Int
  /// Rows of class 1 predicted as 0.
  public let falseNegatives: Int

  /// Counts the rows that have both a prediction and a value.
  public init(predictions: [Double], values: [Double]) {
    let rows = ObservedRows(scores: predictions, values: values)
    let pairs = zip(rows.scores, rows.values).map { ($0 > 0.5, $1 > 0.5) }
    truePositives = pairs.count { $0 && $1 }
    falsePositives = pairs.count { $0 && !$1 }
    trueNegatives = pairs.count { !$0 && !$1 }
    falseNegatives = pairs.count { !$0 && $1 }
  }

  /// The number of rows measured.
  public var count: Int { truePositives + falsePositives + trueNegatives + falseNegatives }
  /// (TP + TN) / n; 0 without rows.
  public var accuracy: Double { ratio(truePositives + trueNegatives, count) }
  /// TP / (TP + FP); 0 when no row is predicted positive.
  public var precision: Double { ratio(truePositives, truePositives + falsePositives) }
  /// TP / (TP + FN); 0 when no row is positive.
  public var recall: Double { ratio(truePositives, truePositives + falseNegatives) }
  /// 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall; 0 when both are 0.
  public var f1: Double {
    ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
