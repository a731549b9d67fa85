import RankineData
import RankineEvaluation
import RankineSupport
import Testing

/// Counts pairs straight from the definition: high(i) > low(j).
private func bruteForce(
  _ scores: [Double], _ values: [Double], _ events: [Bool]
) -> (agreeing: Int, tied: Int, comparable: Int) {
  var result = (agreeing: 0, tied: 0, comparable: 0)
  for i in scores.indices {
    for j in scores.indices where i != j && events[j] {
      let isAbove = events[i] ? values[i] > values[j] : values[i] >= values[j]
      guard isAbove else { continue }
      result.comparable += 1
      if scores[i] > scores[j] { result.agreeing += 1 }
      if scores[i] == scores[j] { result.tied += 1 }
    }
  }
  return result
}

@Test func countsOfPairsEqualTheDefinitionUnderTiesAndCensoring() {
  var random = CounterRandom(seed: 3)
  for round in 0..<200 {
    let count = random.below(40)
    let scores = random.levels(count, below: 1 + random.below(12))
    let values = random.levels(count, below: 1 + random.below(12))
    let events = (0..<count).map { _ in round % 3 == 0 || random.uniform() < 0.6 }
    let fast = Concordance(scores: scores, values: values, events: events)
    let slow = bruteForce(scores, values, events)
    #expect(fast.agreeing == slow.agreeing)
    #expect(fast.tied == slow.tied)
    #expect(fast.comparable == slow.comparable)
  }
}

@Test func binaryConcordanceIsTheAreaUnderTheCurve() {
  #expect(Concordance(scores: [0.1, 0.4, -0.2, 0], values: [0, 1, 1, 0]).value == 0.5)
  #expect(Concordance(scores: [1, 1, 1], values: [0, 1, 1]).value == 0.5)
}

@Test func threePointsOfTheRankCriterionAgreeOnTwoOfThreePairs() {
  #expect(Concordance(scores: [0, 0.5, 0.2], values: [1, 2, 3]).value == 2.0 / 3)
}

@Test func concordanceIsNilWithoutAComparablePair() {
  #expect(Concordance(scores: [1, 2, 3], values: [4, 4, 4]).value == nil)
  #expect(Concordance(scores: [], values: []).value == nil)
  #expect(Concordance(scores: [1, 2], values: [1, 2], events: [false, false]).value == nil)
}

@Test func rowsWithAMissingOutcomeOrScoreDoNotCount() {
  let full = Concordance(scores: [1, 3, 2], values: [1, 2, 3])
  let holes = Concordance(scores: [1, 9, 3, .nan, 2], values: [1, .nan, 2, 8, 3])
  #expect(full == holes)
}

@Test func concordanceDependsOnTheOrdersAlone() {
  let scores = [0.3, -1.0, 2.0, 0.3, 5.0]
  let values = [1.0, 0.0, 4.0, 3.0, 2.0]
  let plain = Concordance(scores: scores, values: values)
  let mapped = Concordance(scores: scores.map { $0 * $0 * $0 - 7 }, values: values.map { 3 * $0 })
  #expect(plain == mapped)
  let negated = Concordance(scores: scores.map { -$0 }, values: values)
  #expect(negated.agreeing == plain.comparable - plain.agreeing - plain.tied)
}

@Test func censoredWorkedExampleOfHarrellAndUno() throws {
  let scores = [-3, -2.5, -1, -2.0]
  let times = [2.0, 4, 5, 7]
  let events = [true, false, true, true]
  #expect(Concordance(scores: scores, values: times, events: events).value == 0.75)
  let curve = KaplanMeier.ofCensoring(times: times, events: events)
  #expect(isClose(curve.survival(before: 4), 1))
  #expect(isClose(curve.survival(before: 5), 2.0 / 3))
  let uno = UnoConcordance(scores: scores, times: times, events: events)
  #expect(isClose(uno.totalWeight, 5.25))
  #expect(isClose(try #require(uno.value), 3 / 5.25))
}

@Test func unoEqualsHarrellWithoutCensoring() {
  var random = CounterRandom(seed: 5)
  let scores = random.levels(60, below: 20)
  let times = random.levels(60, below: 30)
  let all = Array(repeating: true, count: 60)
  let uno = UnoConcordance(scores: scores, times: times, events: all).value
  #expect(uno == Concordance(scores: scores, values: times).value)
}

@Test func unoLimitLeavesOutLaterEvents() {
  let uno = UnoConcordance(
    scores: [-3, -2.5, -1, -2], times: [2, 4, 5, 7], events: [true, false, true, true], limit: 5)
  #expect(uno.value == 1)
  #expect(uno.totalWeight == 3)
}

@Test func unoLeavesOutEventsThatAlmostNobodyCouldReach() {
  // 40 of the 42 rows after the first event are censored, so Ĝ(50−) = 2/42 is below 0.05.
  let times = [1.0] + (2...41).map(Double.init) + [50, 51]
  let events = times.map { $0 == 1 || $0 >= 50 }
  let uno = UnoConcordance(scores: times, times: times, events: events)
  #expect(isClose(uno.totalWeight, 42))
  let all = UnoConcordance(scores: times, times: times, events: events, limit: 100)
  #expect(isClose(all.totalWeight, 42 + 21 * 21))
}

@Test func kendallTauOfWorkedExamples() throws {
  #expect(kendallTau(scores: [1, 2, 3], values: [10, 20, 30]) == 1)
  #expect(kendallTau(scores: [1, 2, 3], values: [3, 2, 1]) == -1)
  // Agreeing 4, disagreeing 1, one pair tied in the scores: 3/√(5·6).
  let tau = try #require(kendallTau(scores: [1, 2, 2, 3], values: [1, 2, 4, 3]))
  #expect(isClose(tau, 3 / 30.0.squareRoot()))
  #expect(kendallTau(scores: [1, 1], values: [1, 2]) == nil)
  #expect(kendallTau(scores: [1, 2], values: [1, 1]) == nil)
}
