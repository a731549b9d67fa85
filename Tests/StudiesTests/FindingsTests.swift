import RankineEvaluation
import Testing

@testable import RankineStudies

/// d = 0.1, 0.2, 0: mean 0.1, s = 0.1; √(1/3 + 1/3) · 0.1 = 0.0816497; t₂(0.975) = 4.302653.
@Test func theIntervalOfADifferenceAllowsForSharedRows() throws {
  let difference = SplitDifference([0.8, 0.9, 0.7], minus: [0.7, 0.7, 0.7], testShare: 1.0 / 3)
  let interval = try #require(difference.interval)
  #expect(difference.count == 3)
  #expect(abs(difference.mean - 0.1) < 1e-12)
  #expect(abs(difference.standardError - 0.0816496581) < 1e-9)
  #expect(abs(interval.lowerBound - (0.1 - 0.3513101)) < 1e-6)
  #expect(abs(interval.upperBound - (0.1 + 0.3513101)) < 1e-6)
  #expect(!difference.isClear)
  #expect(SplitDifference([0.8, 0.81], minus: [0.7, 0.71], testShare: 0.5).isClear)
}

@Test func withoutSharedRowsTheIntervalIsStudents() {
  let (first, second) = ([0.8, 0.9, 0.7, 0.85], [0.7, 0.72, 0.69, 0.8])
  let plain = PairedDifference(first, minus: second)
  let difference = SplitDifference(first, minus: second, testShare: 0)
  #expect(difference.standardError == plain.standardError)
  #expect(difference.interval == plain.interval)
}

@Test func aSplitThatOneModelLacksIsNoPair() {
  let difference = SplitDifference([0.8, 0.9], minus: [.nan, 0.7], testShare: 0.5)
  #expect(difference.count == 1)
  #expect(abs(difference.mean - 0.2) < 1e-12)
  #expect(difference.interval == nil)
}

@Test func theTableHoldsMeansAndDeviationsByTask() throws {
  let table = try handFindings([0.8, 0.7, 0.9], [0.7, 0.7, 0.7]).table([.concordance, .mae])
  let text = table.plainText()
  #expect(
    text.hasPrefix(
      """
      Model     Concordance             MAE
      ──────────────────────────────────────
      y (continuous)
      first   0.800 (0.100)*  80.00 (10.00)
      second  0.700 (0.000)    70.00 (0.00)*
      """), "\(text)")
}

@Test func theTextTellsWhatWasComparedAndWhatFailed() throws {
  let text = try handFindings([0.8, 0.9], [0.7, nil]).text
  let start = """
    hand: 150 rows, 4 predictors (z-score standardized), 5 tasks, 2 models. 2 splits of 60/20/20: models
    learn from 90 rows, choose penalty and epoch on 30, and are measured on 30 others. At most 200
    epochs with patience 40, seed 1.

    Test rows, mean (SD) over splits; * marks the best model of a task.

    """
  #expect(text.hasPrefix(start), "\(text)")
  #expect(text.hasSuffix("Not fitted:\nsecond, split 2: error[lost]: <lost>\n"), "\(text)")
  #expect(text.contains("second       +0.100       +10.00       1\n"), "\(text)")
}

@Test func featuresAreCountedOverSplits() throws {
  let findings = try handFindings([0.8, 0.9], [0.7, 0.7])
  let entries = findings.predictors.map {
    "\($0.model) \($0.feature) \($0.selectedCount)/\($0.splitCount) \($0.meanRank)"
  }
  #expect(
    entries == ["first a 2/2 1.0", "first b 2/2 2.0", "second a 2/2 1.0", "second b 1/2 2.0"])
  #expect(
    findings.predictorTable(limit: 5).plainText() == """
      Feature              first       second
      ───────────────────────────────────────
      a                1.0 (2/2)    1.0 (2/2)
      b                2.0 (2/2)    2.0 (1/2)

      all splits
      features kept  2.00 (0.00)  1.50 (0.71)

      """)
}

@Test func aFeatureThatASplitLacksRanksLast() {
  func cell(_ names: [String]) -> CellRecord {
    CellRecord(
      model: "m", split: 1, seed: 1, setup: "", metrics: TaskMetrics(tasks: [:]),
      features: names.enumerated().map {
        CellRecord.Feature(name: $1, rank: Double($0 + 1), norm: 1, isSelected: true)
      }, curves: [], seconds: 0)
  }
  let all = PredictorFrequency.all(of: [cell(["b", "a"]), cell(["c", "b"])])
  #expect(all.map(\.feature) == ["b", "c", "a"])
  #expect(all.map(\.meanRank) == [1.5, 2, 2.5])
}
