import Testing

@testable import RankineTraining

struct StrengthChoiceTests {
  private func fit(_ criterion: Double, nonzero: Int, collapsed: Bool = false) -> StrengthFit {
    StrengthFit(
      record: StrengthRecord(
        task: nil, stage: "path", index: 0, strength: 1, bestEpoch: 1, criterion: criterion,
        concordance: [criterion], nonzeroCount: nonzero, hasCollapsed: collapsed,
        violatorCount: nil),
      epochs: [], last: ParameterSet(), averaged: ParameterSet(), heldScores: [])
  }

  @Test func theLargestCriterionIsChosenAndOfEqualsTheStrongestPenalty() {
    let choice = StrengthChoice([
      [fit(0.7, nonzero: 3), fit(0.8, nonzero: 5), fit(0.8, nonzero: 9)]
    ])
    #expect(choice.index == 1)
    #expect(choice.criterion == 0.8)
  }

  @Test func aStrengthThatRemovesEveryFeatureIsNotChosenWhenAnotherPredicts() {
    let dead = fit(0.9, nonzero: 0), collapsed = fit(0.9, nonzero: 4, collapsed: true)
    #expect(StrengthChoice([[dead, collapsed, fit(0.6, nonzero: 2)]]).index == 2)
    // Nothing predicts: the criterion alone decides.
    #expect(StrengthChoice([[dead, fit(0.51, nonzero: 2)]]).index == 0)
  }

  @Test func foldsAreAveraged() {
    let choice = StrengthChoice([
      [fit(0.9, nonzero: 1), fit(0.8, nonzero: 1)], [fit(0.5, nonzero: 1), fit(0.8, nonzero: 1)],
    ])
    #expect(choice.index == 1)
    #expect(abs(choice.criterion - 0.8) < 1e-12)
  }

  @Test func withinAStandardErrorTheStrongestPenaltyIsChosen() {
    // Means 0.70, 0.78, 0.80; the folds at the best differ by 0.06, so that the error is 0.03.
    let folds = [
      [fit(0.68, nonzero: 2), fit(0.75, nonzero: 5), fit(0.77, nonzero: 9)],
      [fit(0.72, nonzero: 2), fit(0.81, nonzero: 5), fit(0.83, nonzero: 9)],
    ]
    let careful = StrengthChoice(folds, rule: .oneStandardError)
    #expect(careful.index == 1)
    #expect(abs(careful.criterion - 0.78) < 1e-12 && abs(careful.bestCriterion - 0.8) < 1e-12)
    #expect(StrengthChoice(folds, rule: .best).index == 2)
  }

  @Test func aStrengthThatRemovesEveryFeatureIsNotWithinAnError() {
    let folds = [
      [fit(0.79, nonzero: 0), fit(0.78, nonzero: 5), fit(0.77, nonzero: 9)],
      [fit(0.79, nonzero: 0), fit(0.78, nonzero: 5), fit(0.83, nonzero: 9)],
    ]
    #expect(StrengthChoice(folds, rule: .oneStandardError).index == 1)
  }

  @Test func withoutAnErrorTheBestIsChosen() {
    let path = [fit(0.7, nonzero: 3), fit(0.8, nonzero: 5)]
    #expect(StrengthChoice([path], rule: .oneStandardError).index == 1)
  }

  @Test func theRecommendedGridIsSpreadOverAnyCount() {
    #expect(StrengthGrid.multiples(count: 9, isPairwise: true) == StrengthGrid.pairwise)
    #expect(StrengthGrid.multiples(count: 1, isPairwise: false) == [0.7])
    let five = StrengthGrid.multiples(count: 5, isPairwise: true)
    for (value, wanted) in zip(five, [1.4, 0.7, 0.35, 0.15, 0.04]) {
      #expect(abs(value - wanted) < 1e-12)
    }
    let two = StrengthGrid.multiples(count: 17, isPairwise: false)
    // Between 2.8 and 2 lies their geometric mean.
    #expect(abs(two[1] - (2.8 * 2).squareRoot()) < 1e-12)
  }

  @Test func adaptiveWeightsShrinkLargeColumnsLess() {
    // The median of the norms is 2; 0.001/2 is below the floor.
    let weights = AdaptiveWeights.columnWeights(norms: [8, 2, 0.001])
    #expect(weights.map { ($0 * 1e9).rounded() / 1e9 } == [0.5, 1, 4.472135955])
    #expect(AdaptiveWeights.columnWeights(norms: [0, 0]) == [1, 1])
    #expect(AdaptiveWeights.automatic.isOn(rowCount: 1000, featureCount: 500))
    #expect(!AdaptiveWeights.automatic.isOn(rowCount: 1000, featureCount: 501))
  }
}
