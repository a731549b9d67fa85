import RankineEvaluation

/// A comparison in numbers: the content of `results.json`.
public struct ComparisonSummary: Codable, Sendable, Equatable {
  /// A metric of a model on a task.
  public struct Entry: Codable, Sendable, Equatable {
    public let task: String
    public let model: String
    public let metric: MetricName
    public let mean: Double
    /// Absent for a single split.
    public let deviation: Double?
    /// One value a split that has it, in order.
    public let values: [Double]
  }

  /// The first model minus another one.
  public struct Difference: Codable, Sendable, Equatable {
    public let task: String
    public let model: String
    public let minus: String
    public let metric: MetricName
    public let mean: Double
    /// Of the 95 % interval; absent below two splits.
    public let lower: Double?
    public let upper: Double?
  }

  public let plan: ComparisonPlan
  public let metrics: [Entry]
  public let differences: [Difference]
  public let predictors: [PredictorFrequency]
  public let failures: [CellFailure]

  /// Sums up a result.
  public init(_ result: ComparisonFindings) {
    plan = result.plan
    predictors = result.predictors
    failures = result.failures
    var metrics: [Entry] = []
    var differences: [Difference] = []
    let reference = result.plan.models.first?.name ?? ""
    for task in result.plan.tasks.map(\.name) {
      for metric in result.metrics {
        for model in result.plan.models.map(\.name) {
          let values = result.values(metric, model: model, task: task).filter { !$0.isNaN }
          if values.isEmpty { continue }
          metrics.append(
            Entry(
              task: task, model: model, metric: metric, mean: Statistics.mean(values),
              deviation: values.count > 1 ? Statistics.standardDeviation(values) : nil,
              values: values))
          let difference = result.difference(metric, to: model, task: task)
          if model == reference || difference.count == 0 { continue }
          differences.append(
            Difference(
              task: task, model: reference, minus: model, metric: metric, mean: difference.mean,
              lower: difference.interval?.lowerBound, upper: difference.interval?.upperBound))
        }
      }
    }
    (self.metrics, self.differences) = (metrics, differences)
  }
}
