/// How well predictions, coefficients and supports were found.
public enum SparseMetrics {
  /// √ mean (y − η)², or of y − σ(η) for a logistic task, over the rows with a response; 0 without any.
  public static func rootMeanSquaredError(_ scores: [Double], of task: SparseTask) -> Double {
    precondition(scores.count == task.response.count, "a score for each row")
    var (squares, count) = (0.0, 0)
    for (score, response) in zip(scores, task.response) where !response.isNaN {
      let error = response - (task.kind == .gaussian ? score : logistic(score))
      squares += error * error
      count += 1
    }
    return (squares / Double(max(1, count))).squareRoot()
  }

  /// √ mean over tasks, features and intercepts of the squared differences.
  public static func coefficientError(
    _ found: [SparseFit.TaskFit], truth: [SparseFit.TaskFit]
  ) -> Double {
    var (squares, count) = (0.0, 0)
    for (found, truth) in zip(found, truth) {
      squares += (found.intercept - truth.intercept) * (found.intercept - truth.intercept)
      for (a, b) in zip(found.coefficients, truth.coefficients) { squares += (a - b) * (a - b) }
      count += found.coefficients.count + 1
    }
    return (squares / Double(max(1, count))).squareRoot()
  }

  /// Shares of true features found and of false features taken, averaged over tasks.
  public struct Recovery: Sendable, Equatable {
    /// TPR.
    public let truePositiveRate: Double
    /// FPR.
    public let falsePositiveRate: Double
    /// 2 TP/(2 TP + FP + FN) of each task, averaged.
    public let f1: Double
    /// The share of tasks whose support is the true one.
    public let exactRate: Double

    /// TPR/(TPR + (FPR + 1 − TPR)/2): the score with rates in the place of counts.
    public var f1OfRates: Double {
      let denominator = truePositiveRate + 0.5 * (falsePositiveRate + 1 - truePositiveRate)
      return denominator > 0 ? truePositiveRate / denominator : 0
    }
  }

  /// - Parameter features: how many there are.
  public static func recovery(
    _ found: [[Int]], truth: [[Int]], features: Int
  ) -> Recovery {
    precondition(found.count == truth.count, "a support for each task")
    var (tpr, fpr, f1, exact) = (0.0, 0.0, 0.0, 0.0)
    for (found, truth) in zip(found, truth) {
      let real = Set(truth)
      let hits = Double(found.count { real.contains($0) })
      let (wrong, missed) = (Double(found.count) - hits, Double(real.count) - hits)
      tpr += real.isEmpty ? 1 : hits / Double(real.count)
      fpr += features > real.count ? wrong / Double(features - real.count) : 0
      f1 += hits + wrong + missed > 0 ? 2 * hits / (2 * hits + wrong + missed) : 1
      exact += Set(found) == real ? 1 : 0
    }
    let tasks = Double(max(1, found.count))
    return Recovery(
      truePositiveRate: tpr / tasks, falsePositiveRate: fpr / tasks, f1: f1 / tasks,
      exactRate: exact / tasks)
  }
}
