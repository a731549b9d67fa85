import Foundation
import RankineEvaluation
import Testing

@Test func metricsAreWrittenByNameWithoutTheMissingOnes() throws {
  let metrics = TaskMetrics(tasks: [
    "ER": Metrics(
      type: "binary", count: 3, values: [.accuracy: 0.5, .concordance: nil, .f1: .nan])
  ])
  #expect(
    String(decoding: try metrics.json(), as: UTF8.self) == """
      {
        "tasks" : {
          "ER" : {
            "accuracy" : 0.5,
            "n" : 3,
            "type" : "binary"
          }
        }
      }
      """)
  #expect(try JSONDecoder().decode(TaskMetrics.self, from: try metrics.json()) == metrics)
}

@Test func unknownMetricsAreIgnoredWhenRead() throws {
  let text = #"{"type":"count","n":2,"mae":1.5,"newer":3}"#
  let metrics = try JSONDecoder().decode(Metrics.self, from: Data(text.utf8))
  #expect(metrics[.mae] == 1.5)
  #expect(metrics.values.count == 1)
}

@Test func eachScaleHasItsMetricsInTheFixedOrder() throws {
  let scores = [1.0, 2, 3, 4]
  func names(_ method: CalibrationMethod) throws -> [MetricName] {
    let calibration = try method.fit(scores: scores, values: [0, 0, 1, 1])
    return calibration.metrics(scores: scores, values: [0, 0, 1, 1]).ordered.map(\.name)
  }
  #expect(try names(.continuous()) == [.concordance, .kendallTau, .mae, .rmse, .huber, .cauchy])
  #expect(try names(.count) == (try names(.continuous())))
  #expect(
    try names(.binary())
      == [.concordance, .accuracy, .precision, .recall, .f1, .logLoss, .brier])
  #expect(
    try names(.ordinal(levels: 2))
      == [.concordance, .kendallTau, .accuracy, .quadraticKappa, .mae, .logLoss])
  #expect(try names(.censored()) == [.concordance, .unoConcordance, .maeHinge])
}

@Test func aPerfectOrderIsMeasuredAsPerfect() throws {
  let scores = [1.0, 2, 3, 4, 9]
  let values = [0.0, 0, 1, 2, .nan]
  let calibration = try CalibrationMethod.ordinal(levels: 3).fit(scores: scores, values: values)
  let metrics = calibration.metrics(scores: scores, values: values)
  #expect(metrics.count == 4)
  #expect(metrics[.concordance] == 1)
  #expect(metrics[.accuracy] == 1)
  #expect(metrics[.quadraticKappa] == 1)
  #expect(metrics[.mae] == 0)
}

@Test func theHingeErrorForgivesACensoredRowOnlyAboveItsTime() {
  let metrics = Metrics.censored(
    scores: [1, 2, 3], predictions: [5, 5, 5], times: [3, 8, 4], events: [true, false, false])
  #expect(metrics[.maeHinge] == 5.0 / 3)
}

@Test func noRowsGiveNoMetricsAndNoNaN() {
  let empty = Metrics.binary(scores: [1], predictions: [1], probabilities: [1], values: [.nan])
  #expect(empty.count == 0)
  #expect(empty.values.isEmpty)
}

@Test(arguments: MetricName.allCases)
func everyMetricHasATitleAndADirection(_ name: MetricName) {
  #expect(!name.title.isEmpty)
  #expect(MetricName.allCases.count { $0.title == name.title } == 1)
}
