import RankineData
import RankineEvaluation
import Testing

struct StabilityTests {
  private let bound = StabilityBound(featureCount: 100, selectedCount: 10, pairCount: 25)

  @Test func theWorstCaseIsThatOfTheTheorem() throws {
    // q²/((2τ − 1)p) = 100/(0.5·100).
    #expect(bound.worstCase(threshold: 0.75) == 2)
    #expect(bound.worstCase(threshold: 1) == 1)
    #expect(bound.worstCase(threshold: 0.5) == nil)
  }

  @Test func oneModeMakesTheBoundSmaller() throws {
    // q²/p = 1; 1/(2(2·0.75 − 1 − 1/50)) below ¾, 4(1 − 0.9 + 1/50)/(1 + 1/25) above.
    let middle = try #require(bound.unimodal(threshold: 0.75))
    #expect(isClose(middle, 1 / 0.96))
    let high = try #require(bound.unimodal(threshold: 0.9))
    #expect(isClose(high, 0.48 / 1.04))
    let thresholds = (51...100).map { Double($0) / 100 }
    let bounds = thresholds.compactMap { bound.unimodal(threshold: $0) }
    #expect(bounds.count == 50)
    for (value, threshold) in zip(bounds, thresholds) {
      #expect(value <= bound.worstCase(threshold: threshold) ?? 0)
    }
  }

  @Test func manySelectionsLeaveTheWorstCase() {
    // θ = 0.7 is above 1/√3.
    let wide = StabilityBound(featureCount: 10, selectedCount: 7, pairCount: 25)
    #expect(wide.unimodal(threshold: 0.9) == wide.worstCase(threshold: 0.9))
  }

  @Test func theLargestSelectionKeepsToTheBound() throws {
    let count = StabilityBound.largestSelection(
      featureCount: 100, pairCount: 25, threshold: 0.75, expectedFalse: 1)
    // q²/(0.96·100) ≤ 1 up to q = 9.
    #expect(count == 9)
    let few = StabilityBound.largestSelection(
      featureCount: 100, pairCount: 25, threshold: 0.75, expectedFalse: 0.001)
    #expect(few == 1)
  }

  @Test func pValuesCountPermutationsThatReachAsFar() throws {
    let null = PermutationNull(maxima: [0.3, 0.1, 0.2, 0.2])
    #expect(null.pValue(of: 0.4) == 0.2)
    #expect(null.pValue(of: 0.2) == 0.8)
    #expect(null.pValue(of: 0) == 1)
    #expect(PermutationNull(maxima: []).pValue(of: 1) == nil)
    // Above 0.3 no permutation reaches: p = 0.2.
    #expect(null.threshold(level: 0.2) == 0.3)
    #expect(null.threshold(level: 0.4) == 0.2)
    #expect(null.threshold(level: 0.19) == nil)
  }

  @Test func theJackknifeLeavesOutOneUnitAtATime() throws {
    // Values 1, 2, 3 with scores 0, 2, 1: two of three pairs. Without one row: 0, 1, 1.
    let keys = [1.0, 2, 3]
    let tally = PairTally(high: keys, low: keys, weights: nil, scores: [0, 2, 1])
    let single = JackknifeConcordance([tally], units: [[0], [1], [2]])
    // Mean 2/3, squares 4/9 + 1/9 + 1/9 = 2/3, times (3 − 1)/3.
    #expect(isClose(try #require(single.standardError), (4.0 / 9).squareRoot()))
    let twice = JackknifeConcordance([tally, tally], units: [[0], [1], [2]])
    #expect(isClose(try #require(twice.standardError), try #require(single.standardError)))
    #expect(JackknifeConcordance([tally], units: [[0, 1, 2]]).standardError == nil)
    let none = PairTally(high: [1, 1], low: [1, 1], weights: nil, scores: [0, 1])
    #expect(JackknifeConcordance([none], units: [[0], [1]]).standardError == nil)
  }

  @Test func perfectOrderHasNoError() {
    let keys = [1.0, 2, 3, 4]
    let tally = PairTally(high: keys, low: keys, weights: nil, scores: keys)
    #expect(JackknifeConcordance([tally], units: (0..<4).map { [$0] }).standardError == 0)
  }
}
