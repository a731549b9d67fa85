import Foundation
import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

private func loss(
  _ loss: any Loss, _ scale: OutcomeScale, scores: [Double], _ targets: [Double?]
) throws -> (value: Double, gradient: [Double]) {
  let fixture = try Fixture(scores: scores, outcome: .values(scale, targets), loss)
  return (try fixture.total(), try fixture.scoreGradient())
}

@Test func huberIsSquaredWithinDeltaAndLinearBeyond() throws {
  let (value, gradient) = try loss(
    Huber(), .continuous, scores: [0, 1, -3], [0, 0, 0])
  #expect(isClose(value, (0 + 0.5 + 3.130_487_5) / 3))
  #expect(isClose(gradient, [0, 1.0 / 3, -1.345 / 3]))
}

@Test func squaredErrorIsTheMeanSquareOfResiduals() throws {
  let (value, gradient) = try loss(SquaredError(), .count, scores: [1, 5], [2, 2])
  #expect(isClose(value, 5))
  #expect(isClose(gradient, [-1, 3]))
}

@Test func crossEntropyHasTheLogisticDerivative() throws {
  let (value, gradient) = try loss(CrossEntropy(), .binary, scores: [0, 2], [1, 0])
  let sigma = 1 / (1 + Foundation.exp(-2.0))
  #expect(isClose(value, (Foundation.log(2) - Foundation.log(1 - sigma)) / 2))
  #expect(isClose(gradient, [-0.25, sigma / 2]))
}

@Test func crossEntropyOfHugeLogitsIsFinite() throws {
  let (value, gradient) = try loss(CrossEntropy(), .binary, scores: [900, -900], [0, 1])
  #expect(isClose(value, 900))
  #expect(isClose(gradient, [0.5, -0.5]))
}

@Test func poissonHasItsMinimumAtTheLogarithmOfTheCount() throws {
  let (value, gradient) = try loss(
    PoissonLoss(), .count, scores: [Foundation.log(3.0), 0], [3, 0])
  #expect(isClose(value, (3 - 3 * Foundation.log(3) + 1) / 2))
  #expect(isClose(gradient, [0, 0.5]))
}

@Test func missingOutcomesCountInNoMean() throws {
  let (value, gradient) = try loss(
    SquaredError(), .continuous, scores: [1, 7, 3], [0, nil, 1])
  #expect(isClose(value, (1.0 + 4) / 2))
  #expect(isClose(gradient, [1, 0, 2]))
}

@Test(arguments: [
  (Huber() as any Loss, OutcomeScale.continuous), (SquaredError(), .ordinal),
  (CrossEntropy(), .binary), (PoissonLoss(), .count),
  (PointwiseLoss("log") { score, target in log(target) * score }, .continuous),
])
func aBatchWithoutAnOutcomeHasZeroLossAndGradient(
  function: any Loss, scale: OutcomeScale
) throws {
  let (value, gradient) = try loss(function, scale, scores: [1, -2], [nil, nil])
  #expect(value == 0)
  #expect(gradient == [0, 0])
}

@Test func aUsersPointwiseLossIsAveraged() throws {
  let quantile = PointwiseLoss("median") { score, target in abs(score - target) }
  let (value, gradient) = try loss(quantile, .continuous, scores: [1, 2], [3, 0])
  #expect(isClose(value, 2))
  #expect(isClose(gradient, [-0.5, 0.5]))
}

@Test func lossesOfOneTaskAdd() throws {
  let model = Model {
    EachTask { Dense(1, bias: false) }
    Objective {
      SquaredError()
      Huber(delta: 1).weighted(by: 10)
    }
  }
  var fixture = try Fixture(model, x: [[2]], outcomes: [.values(.continuous, [0])])
  fixture.bindings.leaves["task.0.weight"] = NumericArray([1, 1, 1], [1])
  #expect(isClose(try fixture.total(), 4 + 10 * 1.5))
}

@Test func eachTaskGetsTheLossesThatFitIt() throws {
  let model = Model {
    EachTask { Dense(1, bias: false) }
    Objective {
      CrossEntropy()
      SquaredError().on(.continuous)
      PoissonLoss()
    }
  }
  var fixture = try Fixture(
    model, x: [[1]],
    outcomes: [
      .values(.continuous, [3]), .values(.binary, [1]), .values(.count, [2]),
      .values(.continuous, [0]),
    ])
  fixture.bindings.leaves["task.0.weight"] = NumericArray([4, 1, 1], [1, 0, 1, 2])
  #expect(
    isClose(
      try fixture.values(fixture.objective.perTask),
      [4, Foundation.log(2), Foundation.exp(1) - 2, 4]))
}

@Test func coxMatchesThePartialLikelihoodByHand() throws {
  // Times 1, 2+, 3, missing, 3: risk sets {1,2,3,5} for row 1, {3,5} for rows 3 and 5 (Breslow).
  let f = [0.2, -0.4, 0.7, 50, 0.1]
  let outcome: Outcome = .censored([(1, true), (2, false), (3, true), nil, (3, true)])
  let fixture = try Fixture(scores: f, outcome: outcome, CoxPartialLikelihood())
  let risk = f.map { Foundation.exp(-$0) }
  let all = risk[0] + risk[1] + risk[2] + risk[4], late = risk[2] + risk[4]
  let expected =
    (f[0] + Foundation.log(all) + f[2] + Foundation.log(late) + f[4] + Foundation.log(late)) / 3
  #expect(isClose(try fixture.total(), expected))
  let gradient = try fixture.scoreGradient()
  #expect(isClose(gradient[0], (1 - risk[0] / all) / 3))
  #expect(isClose(gradient[2], (1 - risk[2] / all - 2 * risk[2] / late) / 3))
  #expect(gradient[3] == 0)
}

@Test func aRowCensoredAtAnEventTimeWasAtRisk() throws {
  let f = [0.3, -0.6]
  let fixture = try Fixture(
    scores: f, outcome: .censored([(4, true), (4, false)]), CoxPartialLikelihood())
  let expected = f[0] + Foundation.log(Foundation.exp(-f[0]) + Foundation.exp(-f[1]))
  #expect(isClose(try fixture.total(), expected))
}

@Test func coxIsInvariantToShiftsAndStableForHugeScores() throws {
  let outcome: Outcome = .censored([(1, true), (2, true), (3, false)])
  let near = try Fixture(scores: [0, 1, 2], outcome: outcome, CoxPartialLikelihood())
  let far = try Fixture(scores: [2000, 2001, 2002], outcome: outcome, CoxPartialLikelihood())
  #expect(isClose(try near.total(), try far.total()))
  #expect(isClose(try near.scoreGradient(), try far.scoreGradient()))
  #expect(isClose(try near.scoreGradient().reduce(0, +), 0))
}

@Test(arguments: [
  [(time: 1.0, isEvent: false), (2, false)] as [(time: Double, isEvent: Bool)?], [nil, nil],
])
func coxWithoutAnEventIsZero(rows: [(time: Double, isEvent: Bool)?]) throws {
  let fixture = try Fixture(
    scores: [1, 5], outcome: .censored(rows), CoxPartialLikelihood())
  #expect(try fixture.total() == 0)
  #expect(try fixture.scoreGradient() == [0, 0])
}
