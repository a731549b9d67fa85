import Foundation
import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

private func sigma(_ x: Double) -> Double { 1 / (1 + Foundation.exp(-x)) }

/// A fixture with the parameters of its first loss at given numbers.
private func fixture(
  _ loss: any Loss, _ outcome: Outcome, scores: [Double], _ parameters: [String: [Double]]
) throws -> Fixture {
  var fixture = try Fixture(scores: scores, outcome: outcome, loss)
  for parameter in fixture.objective.extraParameters {
    let name = String(parameter.name.dropFirst("objective.0.".count))
    let values = try #require(parameters[name], "\(parameter.name)")
    fixture.bindings.leaves[parameter.name] = NumericArray(
      try parameter.leaf.shape.resolved([:]), values)
  }
  return fixture
}

// MARK: Ordered levels

/// d at which thresholds are 1 apart.
private let unitGap = Foundation.log(Foundation.exp(1.0) - 1)

@Test func ordinalLogitIsTheProbabilityBetweenTwoThresholds() throws {
  // Thresholds −½ and ½: at score 0 the levels have σ(−½), σ(½) − σ(−½) and σ(−½).
  let fixture = try fixture(
    OrdinalLogit(), .values(.ordinal, [0, 1, 2]), scores: [0, 0, 0],
    ["center": [0], "gaps": [unitGap]])
  let outer = sigma(-0.5), inner = sigma(0.5) - sigma(-0.5)
  let loss: Double = -(2 * Foundation.log(outer) + Foundation.log(inner)) / 3
  let slope: Double = sigma(0.5) / 3
  #expect(isClose(try fixture.total(), loss))
  #expect(isClose(try fixture.scoreGradient(), [slope, 0, -slope]))
}

@Test func ordinalLogitOfTwoLevelsIsTheCrossEntropyOfAShiftedScore() throws {
  let scores = [0.3, -1.2, 2]
  let ordinal = try fixture(
    OrdinalLogit(), .values(.ordinal, [1, 0, 1]), scores: scores, ["center": [0.4]])
  let binary = try Fixture(
    scores: scores.map { $0 - 0.4 }, outcome: .values(.binary, [1, 0, 1]), CrossEntropy())
  #expect(isClose(try ordinal.total(), try binary.total()))
  #expect(isClose(try ordinal.scoreGradient(), try binary.scoreGradient()))
}

@Test func tasksWithFewerLevelsHaveFewerThresholds() throws {
  let y: [Outcome] = [.values(.ordinal, [0, 1, 3, 2]), .values(.ordinal, [1, 0, 1, 0])]
  let x = normalRows(4, 2)
  let model = Model {
    EachTask { Dense(1) }
    Objective { OrdinalLogit() }
  }
  let both = try Fixture(model, x: x, outcomes: y)
  var alone = try Fixture(model, x: x, outcomes: [y[1]])
  for name in ["task.0.weight", "task.0.bias", "objective.0.center"] {
    let values = try #require(both.bindings.leaves[name]).values
    let extents = try #require(alone.bindings.leaves[name]).extents
    alone.bindings.leaves[name] = NumericArray(extents, Array(values[(values.count / 2)...]))
  }
  #expect(isClose(try both.values(both.objective.perTask)[1], try alone.total()))
}

@Test func ordinalLogitFarFromItsLevelIsLinear() throws {
  let fixture = try fixture(
    OrdinalLogit(), .values(.ordinal, [0, 1, 2]), scores: [900, 0, -900],
    ["center": [0], "gaps": [unitGap]])
  let third: Double = 1.0 / 3
  #expect(isClose(try fixture.scoreGradient(), [third, 0, -third]))
  #expect(try fixture.total().isFinite)
}

// MARK: Weibull times

@Test func weibullIsItsDensityForEventsAndItsSurvivalForCensoredTimes() throws {
  let (scale, f) = (0.5, 0.3)
  let fixture = try fixture(
    WeibullAFT(), .censored([(2, true), (3, false), nil]), scores: [f, f, f],
    ["logScale": [Foundation.log(scale)]])
  let shape = 1 / scale, unit = Foundation.exp(f)
  let hazard = { (t: Double) in Foundation.pow(t / unit, shape) }
  let logDensity: Double =
    Foundation.log(shape / unit) + (shape - 1) * Foundation.log(2 / unit) - hazard(2)
  let expected: Double = (-logDensity - Foundation.log(2) + hazard(3)) / 2
  #expect(isClose(try fixture.total(), expected))
}

@Test func exponentialTimesHaveTheirMinimumAtTotalTimeOverEvents() throws {
  let f = Foundation.log(6.0 / 2)
  let fixture = try fixture(
    WeibullAFT(), .censored([(2, true), (3, false), (1, true)]), scores: [f, f, f],
    ["logScale": [0]])
  #expect(isClose(try fixture.scoreGradient().reduce(0, +), 0))
}

/// What is known of a row that enters at t₀ is its fate given that nothing happened before.
@Test func weibullTimesOfRowsThatEnterLateAreConditionalOnTheirEntry() throws {
  let (scale, f) = (0.5, 0.3)
  let model = Model {
    EachTask { Dense(1, bias: false) }
    Objective { WeibullAFT() }
  }
  let rows: [(time: Double, isEvent: Bool)?] = [(2, true), (3, false), (4, true)]
  let task = TaskDescription(name: "t", scale: .censored, pairForms: [.entered])
  var fixture = try Fixture(
    model, x: [[f], [f], [f]], tasks: [task], outcomes: [.censored(rows)])
  fixture.bindings.leaves["task.0.weight"] = NumericArray([1, 1, 1], [1])
  fixture.bindings.leaves["objective.0.logScale"] = NumericArray([1], [Foundation.log(scale)])
  // Entries at 1, 0 and 3.
  fixture.bindings.leaves["entryShare"] = NumericArray([1, 3], [0.5, 0, 0.75])
  let unit = Foundation.exp(f)
  let survival = { (t: Double) in Foundation.exp(-Foundation.pow(t / unit, 1 / scale)) }
  let density = { (t: Double) in
    survival(t) * Foundation.pow(t / unit, 1 / scale - 1) / (scale * unit)
  }
  // The loss leaves out log t of events, a constant.
  let likelihoods = [
    2 * density(2) / survival(1), survival(3), 4 * density(4) / survival(3),
  ]
  let expected = -likelihoods.map { Foundation.log($0) }.reduce(0, +) / 3
  #expect(isClose(try fixture.total(), expected))
}

@Test func aTimeOfZeroIsAShortOne() throws {
  let fixture = try fixture(
    WeibullAFT(), .censored([(0, true)]), scores: [0], ["logScale": [0]])
  let expected: Double = 1e-6 - Foundation.log(1e-6)
  #expect(isClose(try fixture.total(), expected))
}

// MARK: Losses of other targets and scores

@Test func normalScoresStandInForTargets() throws {
  // The fixture's normal scores are 0.1 y − 1.
  let y: Outcome = .values(.count, [10, 30, nil])
  let ranked = try Fixture(scores: [1, 1, 1], outcome: y, SquaredError().onNormalScores())
  #expect(isClose(try ranked.total(), 1))
  #expect(isClose(try ranked.scoreGradient(), [1, -1, 0]))
}

@Test func censoredOutcomesHaveNoNormalScores() throws {
  let loss = CoxPartialLikelihood().onNormalScores()
  #expect(throws: Misuse.self) { try loss.validate() }
  let mixed = Huber().onNormalScores()
  #expect(mixed.scales == [.continuous, .ordinal, .count])
}

@Test func aMonotoneHeadMovesAndStretchesTheScore() throws {
  let head = try fixture(
    SquaredError().onMonotoneHead(), .values(.continuous, [1, 4]), scores: [0, 1],
    ["intercept": [2], "logSlope": [Foundation.log(3.0)]])
  #expect(isClose(try head.total(), 1))
  #expect(isClose(try head.scoreGradient(), [3, 3]))
}

@Test func aHybridWithoutLikelihoodIsTheLossOfOrder() throws {
  let y: Outcome = .values(.continuous, [1, 3, 2])
  let scores = [0.2, 0.1, -0.4]
  let rank = try Fixture(scores: scores, outcome: y, SmoothedRank())
  let hybrid = try Fixture(scores: scores, outcome: y, Hybrid { Huber() })
  #expect(try hybrid.total() == rank.total())
  #expect(hybrid.objective.extraParameters.isEmpty)
}

@Test func aHybridAddsItsShareOfTheLikelihood() throws {
  let y: Outcome = .values(.continuous, [1, 3, 2])
  let scores = [0.2, 0.1, -0.4]
  let rank = try Fixture(scores: scores, outcome: y, SmoothedRank()).total()
  let error = try Fixture(scores: scores, outcome: y, SquaredError()).total()
  let hybrid = try fixture(
    Hybrid(likelihoodShare: 0.25) { SquaredError() }, y, scores: scores,
    ["0.intercept": [0], "0.logSlope": [0]])
  let expected: Double = 0.75 * rank + 0.25 * error
  #expect(isClose(try hybrid.total(), expected))
}

@Test func aShareOutsideOfTheUnitIntervalIsRefused() {
  let model = Model {
    EachTask { Dense(1) }
    Objective { Hybrid(likelihoodShare: 1.5) { Huber() } }
  }
  #expect(
    errorText(model, line: #line - 2) == """
      error[bad-hyperparameter] in RankineLanguageTests/ParametricLossTests.swift:LINE, objective \
      loss[0]: the likelihood share of Hybrid is 1.5
        hint: give a number from 0 (order alone) to 1 (likelihoods alone)
      """)
}
