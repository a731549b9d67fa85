import Foundation
import RankineEvaluation
import Testing

@Test func residualMetricsOfTheWorkedExample() {
  let metrics = ResidualMetrics(predictions: [0, 0, 3, 9], values: [0, 1, 0, .nan])
  #expect(metrics.count == 3)
  #expect(isClose(metrics.mae, 4.0 / 3))
  #expect(isClose(metrics.rmse, (10.0 / 3).squareRoot()))
  #expect(isClose(metrics.huber, 1.2101625))
  #expect(isClose(metrics.cauchy, 0.9985774, within: 1e-7))
}

@Test func classRatiosFollowTheFourCounts() {
  let metrics = ClassificationMetrics(
    predictions: [1, 1, 1, 0, 0, 0, 0], values: [1, 1, 0, 1, 0, 0, .nan])
  #expect(metrics.truePositives == 2)
  #expect(metrics.accuracy == 4.0 / 6)
  #expect(metrics.precision == 2.0 / 3)
  #expect(metrics.recall == 2.0 / 3)
  #expect(metrics.f1 == 2.0 / 3)
}

@Test func emptyClassRatiosAreZeroNotNaN() {
  let none = ClassificationMetrics(predictions: [0, 0], values: [0, 0])
  #expect(none.precision == 0)
  #expect(none.recall == 0)
  #expect(none.f1 == 0)
  #expect(none.accuracy == 1)
  #expect(ClassificationMetrics(predictions: [], values: []).accuracy == 0)
}

@Test func probabilityMetricsOfWorkedExamples() {
  let metrics = ProbabilityMetrics(probabilities: [0.5, 0.25], values: [1, 0])
  #expect(isClose(metrics.logLoss, -(log(0.5) + log(0.75)) / 2))
  #expect(isClose(metrics.brier, (0.25 + 0.0625) / 2))
}

@Test func aCertainMissCostsTheClipAndNotInfinity() {
  let metrics = ProbabilityMetrics(probabilities: [0], values: [1], clip: 1e-3)
  #expect(isClose(metrics.logLoss, -log(1e-3)))
}

@Test func quadraticKappaOfWorkedExamples() throws {
  #expect(quadraticKappa(predictions: [0, 1, 2], values: [0, 1, 2]) == 1)
  // Observed 1; expected (9 + 3 + 3 + 5)/4 = 5.
  let kappa = try #require(quadraticKappa(predictions: [0, 1, 1, 2], values: [0, 1, 2, 2]))
  #expect(isClose(kappa, 0.8))
  #expect(quadraticKappa(predictions: [1, 1], values: [1, 1]) == nil)
}
