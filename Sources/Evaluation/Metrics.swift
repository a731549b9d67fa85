import Foundation

/// The metrics of one task on the rows that have its outcome.
///
/// In JSON: `{"type": "binary", "n": 120, "concordance": 0.81, …}`. A metric that does not fit the
/// outcome, or is no finite number on these rows, is absent.
public struct Metrics: Equatable, Sendable {
  /// The name of the outcome type.
  public let type: String
  /// How many rows had a score and an outcome.
  public let count: Int
  /// The metrics that exist, all finite.
  public let values: [MetricName: Double]

  /// Keeps the metrics that are finite numbers.
  public init(type: String, count: Int, values: [MetricName: Double?]) {
    self.type = type
    self.count = count
    self.values = values.compactMapValues { $0 }.filter { $0.value.isFinite }
  }

  /// A metric, or nil where it does not exist.
  public subscript(name: MetricName) -> Double? { values[name] }

  /// The metrics in the order of `MetricName`.
  public var ordered: [(name: MetricName, value: Double)] {
    MetricName.allCases.compactMap { name in values[name].map { (name, $0) } }
  }

  /// Concordance, τ_b and the residual losses; for continuous, longitudinal and count outcomes.
  public static func continuous(
    type: String = "continuous", scores: [Double], predictions: [Double], values: [Double]
  ) -> Metrics {
    let residuals = ResidualMetrics(predictions: predictions, values: values)
    return Metrics(
      type: type, count: residuals.count,
      values: [
        .concordance: Concordance(scores: scores, values: values).value,
        .kendallTau: RankineEvaluation.kendallTau(scores: scores, values: values),
        .mae: residuals.mae, .rmse: residuals.rmse, .huber: residuals.huber,
        .cauchy: residuals.cauchy,
      ])
  }

  /// The AUC, what the predicted classes get right, and the fit of the probabilities of class 1.
  public static func binary(
    type: String = "binary", scores: [Double], predictions: [Double], probabilities: [Double],
    values: [Double]
  ) -> Metrics {
    let classes = ClassificationMetrics(predictions: predictions, values: values)
    let chances = ProbabilityMetrics(probabilities: probabilities, values: values)
    let hasRows = classes.count > 0
    return Metrics(
      type: type, count: classes.count,
      values: [
        .concordance: Concordance(scores: scores, values: values).value,
        .accuracy: hasRows ? classes.accuracy : nil, .precision: hasRows ? classes.precision : nil,
        .recall: hasRows ? classes.recall : nil, .f1: hasRows ? classes.f1 : nil,
        .logLoss: chances.logLoss, .brier: chances.brier,
      ])
  }

  /// Concordance and τ_b, the levels' accuracy, kappa and mean distance, and the log loss.
  public static func ordinal(
    type: String = "ordinal", scores: [Double], predictions: [Double], probabilities: [[Double]],
    values: [Double]
  ) -> Metrics {
    let rows = ObservedRows(scores: predictions, values: values)
    let residuals = ResidualMetrics(predictions: predictions, values: values)
    let chances = zip(probabilities, values).map { chances, value in
      chances.indices.contains(Int(exactly: value) ?? -1) ? chances[Int(value)] : .nan
    }
    let certain = Array(repeating: 1.0, count: chances.count)
    return Metrics(
      type: type, count: rows.count,
      values: [
        .concordance: Concordance(scores: scores, values: values).value,
        .kendallTau: RankineEvaluation.kendallTau(scores: scores, values: values),
        .accuracy: Statistics.mean(zip(rows.scores, rows.values).map { $0 == $1 ? 1 : 0 }),
        .quadraticKappa: RankineEvaluation.quadraticKappa(
          predictions: predictions, values: values),
        .mae: residuals.mae,
        .logLoss: ProbabilityMetrics(probabilities: chances, values: certain).logLoss,
      ])
  }

  /// Harrell's and Uno's concordance, and the error that a row certainly has.
  ///
  /// The hinge error is |prediction − time| for an event and max(0, time − prediction) for a
  /// censored row, whose true time is at least the observed one.
  public static func censored(
    type: String = "censored", scores: [Double], predictions: [Double], times: [Double],
    events: [Bool]
  ) -> Metrics {
    let rows = ObservedRows(scores: predictions, values: times, events: events)
    let errors = (0..<rows.count).map { row in
      let shortfall = rows.values[row] - rows.scores[row]
      return rows.isEvent(row) ? abs(shortfall) : max(0, shortfall)
    }
    return Metrics(
      type: type, count: rows.count,
      values: [
        .concordance: Concordance(scores: scores, values: times, events: events).value,
        .unoConcordance: UnoConcordance(scores: scores, times: times, events: events).value,
        .maeHinge: Statistics.mean(errors),
      ])
  }
}

extension Metrics: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
    static let type: Key = Key(stringValue: "type")
    static let count: Key = Key(stringValue: "n")
  }

  /// Writes the metrics that exist, by their names in files.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(type, forKey: .type)
    try container.encode(count, forKey: .count)
    for (name, value) in ordered {
      try container.encode(value, forKey: Key(stringValue: name.rawValue))
    }
  }

  /// Reads the metrics it knows; those of a later version are passed over.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    var values: [MetricName: Double?] = [:]
    for name in MetricName.allCases {
      values[name] = try container.decodeIfPresent(
        Double.self, forKey: Key(stringValue: name.rawValue))
    }
    self.init(
      type: try container.decode(String.self, forKey: .type),
      count: try container.decode(Int.self, forKey: .count), values: values)
  }
}

/// The metrics of every task: the content of `metrics.json`.
public struct TaskMetrics: Codable, Equatable, Sendable {
  /// The metrics by the name of the task.
  public var tasks: [String: Metrics]

  /// Holds the metrics of the tasks.
  public init(tasks: [String: Metrics]) { self.tasks = tasks }

  /// `{"tasks": {NAME: {…}}}`, indented, with sorted keys so that equal metrics are equal files.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}
