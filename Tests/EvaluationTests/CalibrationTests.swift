import Foundation
import RankineData
import RankineEvaluation
import RankineSupport
import Testing

@Test func theThresholdMaximizesAccuracy() throws {
  let fit = try BinaryCalibration(scores: [1, 2, 3, 4, .nan], values: [0, 0, 1, 1, 1])
  #expect(fit.threshold == 2.5)
  #expect(fit.predict(2.5) == 0)
  #expect(fit.predict(2.6) == 1)
  #expect(fit.predict(.nan).isNaN)
}

@Test func accuracyTiesGoToTheBetterF1() throws {
  // "All positive" (F1 0.8) and t = 2.5 (F1 2/3) both have two of three right.
  let fit = try BinaryCalibration(scores: [1, 2, 3], values: [1, 0, 1])
  #expect(fit.predict(-100) == 1)
}

@Test func thresholdRulesEqualAnEnumerationOfCandidates() throws {
  var random = CounterRandom(seed: 21)
  for _ in 0..<80 {
    let count = 2 + random.below(12)
    let scores = random.levels(count, below: 8)
    let values = random.levels(count, below: 2)
    for rule in ThresholdRule.allCases {
      let fit = try BinaryCalibration(scores: scores, values: values, rule: rule)
      let candidates = [-1e9, 1e9] + (0..<8).map { Double($0) + 0.5 }
      let best = candidates.map { quality(scores, values, $0, rule) }.reduce(-.infinity, max)
      #expect(isClose(quality(scores, values, fit.threshold, rule), best))
    }
  }
}

private func quality(
  _ scores: [Double], _ values: [Double], _ threshold: Double, _ rule: ThresholdRule
) -> Double {
  let metrics = ClassificationMetrics(
    predictions: scores.map { $0 > threshold ? 1 : 0 }, values: values)
  switch rule {
  case .accuracy: return metrics.accuracy + 1e-4 * metrics.f1
  case .youden:
    let negatives = Double(metrics.trueNegatives + metrics.falsePositives)
    let specificity = negatives == 0 ? 1 : Double(metrics.trueNegatives) / negatives
    return (values.contains(1) ? metrics.recall : 1) + specificity
  case .prevalence: return -abs(Double(metrics.falsePositives - metrics.falseNegatives))
  }
}

@Test func aGivenPrevalenceMovesTheMatchingThreshold() throws {
  let scores = [1.0, 2, 3, 4]
  let fit = try BinaryCalibration(
    scores: scores, values: [0, 1, 0, 1], rule: .prevalence, prevalence: 0.25)
  #expect(fit.threshold == 3.5)
}

@Test func oneClassPredictsThatClassEverywhere() throws {
  let ones = try CalibrationMethod.binary().fit(scores: [1, 2], values: [1, 1])
  #expect(ones.predict(-5).value == 1)
  #expect(ones.predict(-5).probability == 1)
  let zeros = try CalibrationMethod.binary().fit(scores: [1, 2], values: [0, 0])
  #expect(zeros.predict(50).value == 0)
  #expect(zeros.predict(50).levelProbabilities == [1, 0])
}

@Test func ordinalThresholdsEqualEnumeration() throws {
  var random = CounterRandom(seed: 22)
  for _ in 0..<40 {
    let count = 3 + random.below(8)
    let scores = random.levels(count, below: 6)
    let values = random.levels(count, below: 3)
    let ends = [-1e9, 1e9] + (0..<6).map { Double($0) + 0.5 }
    var accuracy = 0.0
    var kappa = -Double.infinity
    for first in ends {
      for second in ends where second >= first {
        let levels = scores.map { ($0 > first ? 1.0 : 0) + ($0 > second ? 1 : 0) }
        accuracy = max(accuracy, Double(zip(levels, values).count { $0 == $1 }) / Double(count))
        kappa = max(kappa, quadraticKappa(predictions: levels, values: values) ?? -1)
      }
    }
    let byAccuracy = try OrdinalCalibration(scores: scores, values: values, levels: 3)
    let hits = zip(scores, values).count { byAccuracy.predict($0) == $1 }
    #expect(isClose(Double(hits) / Double(count), accuracy))
    let byKappa = try OrdinalCalibration(
      scores: scores, values: values, levels: 3, objective: .quadraticKappa)
    let reached = quadraticKappa(predictions: scores.map(byKappa.predict), values: values)
    if Set(values).count > 1 { #expect(isClose(reached ?? -1, kappa)) }
  }
}

@Test func levelProbabilitiesSumToOneAndAreNeverNegative() throws {
  var random = CounterRandom(seed: 23)
  let values = random.levels(60, below: 4)
  let scores = values.map { $0 + 2 * random.normal() }
  let fit = try CalibrationMethod.ordinal(levels: 4).fit(scores: scores, values: values)
  for step in -20...30 {
    let prediction = fit.predict(0.2 * Double(step))
    #expect(isClose(prediction.levelProbabilities.reduce(0, +), 1))
    #expect(prediction.levelProbabilities.allSatisfy { $0 >= 0 })
    #expect(prediction.probability == prediction.levelProbabilities[Int(prediction.value)])
  }
}

@Test func curvesOfLevelsThatWouldCrossAreHeldApart() throws {
  // P(Y ≥ 1) is 5/6 at its block's middle, 2; P(Y ≥ 2) is one half from 1 on. At 1 the first
  // interpolates to 5/12, so the second is held there and the middle level has no chance.
  let fit = try OrdinalCalibration(
    scores: [0, 1, 1, 2, 2, 3, 3], values: [0, 2, 1, 2, 1, 2, 0], levels: 3)
  #expect(isClose(fit.atLeast[1].predict(1), 0.5))
  #expect(isClose(fit.probabilities(1), [7.0 / 12, 0, 5.0 / 12]))
}

@Test func corruptedThresholdsAreRefused() {
  let fit = #"{"knots":[0],"values":[0]}"#
  for text in [
    #"{"thresholds":[],"atLeast":[]}"#, #"{"thresholds":[1,2],"atLeast":[\#(fit)]}"#,
    #"{"thresholds":[2,1],"atLeast":[\#(fit),\#(fit)]}"#,
  ] {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(OrdinalCalibration.self, from: Data(text.utf8))
    }
  }
}

@Test func aCountIsPredictedByTheMeanOfItsBlock() throws {
  let fit = try CalibrationMethod.count.fit(scores: [1, 2, 3], values: [0, 4, 1])
  #expect(fit.predict(2.5).value == 2.5)
  #expect(fit.predict(0).value == 0)
}

@Test func survivalGroupsAreMediansOfTheirCurves() throws {
  let fit = try SurvivalCalibration(
    scores: [1, 2, 3, 11, 12, 13], times: [1, 2, 3, 10, 20, 30],
    events: Array(repeating: true, count: 6), eventsPerGroup: 3)
  #expect(fit.groups == 2)
  #expect(fit.predict(0) == 2)
  #expect(fit.predict(7) == 11)
  #expect(fit.predict(99) == 20)
}

@Test func censoringRaisesThePredictedTime() throws {
  let scores = [1.0, 2, 3, 4]
  let times = [1.0, 2, 3, 4]
  let seen = try SurvivalCalibration(
    scores: scores, times: times, events: [true, true, true, true])
  let cut = try SurvivalCalibration(
    scores: scores, times: times, events: [false, true, true, true])
  #expect(seen.predict(0) == 2)
  #expect(cut.predict(0) == 3)
}

@Test func withoutAnyEventTheLastTimeIsTheBound() throws {
  let fit = try CalibrationMethod.censored().fit(
    scores: [1, 2], values: [5, 3], events: [false, false])
  #expect(fit.predict(1.5).value == 5)
}

@Test(arguments: [
  CalibrationMethod.continuous(), .continuous(loss: .absolute), .binary(rule: .youden),
  .ordinal(levels: 3, objective: .quadraticKappa), .count, .censored(eventsPerGroup: 2),
])
func calibrationsSurviveTheRoundTripAndNeverDecrease(_ method: CalibrationMethod) throws {
  var random = CounterRandom(seed: 24)
  let values = random.levels(40, below: 2)
  let scores = values.map { $0 + random.normal() }
  let fit = try method.fit(scores: scores, values: values)
  let data = try JSONEncoder().encode(fit)
  let read = try JSONDecoder().decode(Calibration.self, from: data)
  #expect(read == fit)
  let path = (-30...30).map { read.predict(0.1 * Double($0)).value }
  #expect(zip(path, path.dropFirst()).allSatisfy { $0 <= $1 })
  #expect(read.predict(.nan).value.isNaN)
}

@Test func errorsNameTheTaskAndTheRemedy() {
  #expect(
    text { try CalibrationMethod.count.fit(scores: [1, .nan], values: [.nan, 2], task: "slos") }
      == """
      error[no-observed-outcome] in slos: no row has both a score and an outcome, so there is \
      nothing to calibrate on
        hint: give this task rows with its outcome in the training or the validation part
      """)
  #expect(
    text { try CalibrationMethod.binary().fit(scores: [1], values: [2], task: "ER") }
      == """
      error[not-binary] in ER: expected outcomes 0 and 1, found 2.0
        hint: declare the outcome as ordinal, count or continuous
      """)
  #expect(
    text { try CalibrationMethod.ordinal(levels: 3).fit(scores: [1], values: [3], task: "Grade") }
      == """
      error[level-out-of-range] in Grade: expected a level from 0 to 2, found 3.0
        hint: declare every level of the outcome
      """)
}

private func text(_ body: () throws -> Calibration) -> String {
  do {
    _ = try body()
    return "no error"
  } catch { return "\(error)" }
}

@Test(arguments: OutcomeScale.allCases)
func everyScaleHasACalibrationThatKnowsItsName(_ scale: OutcomeScale) throws {
  let method = CalibrationMethod.standard(for: scale, levels: 2)
  let fit = try method.fit(scores: [1, 2, 3, 4], values: [0, 0, 1, 1])
  #expect(fit.metrics(scores: [1, 2], values: [0, 1]).type == scale.rawValue)
}
