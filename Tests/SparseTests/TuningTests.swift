import RankineLanguage
import Testing

@testable import RankineSparse

@Suite struct TuningTests {
  @Test func gridsHaveTheSizesOfThePackageThatFit() {
    #expect(SparseGrid.supportSizes(features: 12) == [2, 4, 6, 10])
    #expect(SparseGrid.supportSizes(features: 250) == [5, 10, 15, 20, 30])
    #expect(SparseGrid.supportSizes(features: 1000) == [5, 10, 15, 25, 40])
    #expect(SparseGrid.supportSizes(features: 2) == [2])
    let ridges = SparseGrid.ridges(count: 8)
    #expect(ridges.first == 1 && isClose(ridges.last ?? 0, 1e-7, within: 1e-12))
    // Four disjoint supports of 5 have a pattern term of at most 15.
    let ties = SparseGrid.supportSimilarities(count: 4, tasks: 4, supportSize: 5, features: 100)
    #expect(isClose(ties[0], 0.2, within: 1e-12) && ties.last == 0 && ties.count == 4)
    #expect(SparseGrid.supportSimilarities(count: 4, tasks: 1, supportSize: 5, features: 9) == [0])
  }

  @Test func aPathGoesFromLargeSupportsAndStrongRidgesToWeakTies() {
    let settings = [
      SparseSettings(supportSize: 2, ridge: 1), SparseSettings(supportSize: 4, ridge: 0.1),
      SparseSettings(supportSize: 4, ridge: 1, supportSimilarity: 3),
      SparseSettings(supportSize: 4, ridge: 1),
    ]
    #expect(SparsePath.ordered(settings) == [settings[3], settings[2], settings[1], settings[0]])
  }

  @Test func theTrueSizeIsChosenByHeldRows() throws {
    let all = try RandomTasks(seed: 3, tasks: 2, features: 20, rows: 90, supportSize: 3).made()
    func rows(_ range: Range<Int>) throws -> [SparseTask] {
      try all.map { task in
        try SparseTask(
          task.name,
          design: DesignMatrix(rowCount: range.count, columnCount: 20) {
            task.design[range.lowerBound + $0, $1]
          }, response: Array(task.response[range]))
      }
    }
    let trial = SparseTuning.Trial(training: try rows(0..<50), held: try rows(50..<90))
    let tuning = try SparseTuning(
      [1, 2, 3, 6, 10].map { SparseSettings(supportSize: $0) }, trials: [trial])
    #expect(tuning.entries.map(\.settings.supportSize) == [10, 6, 3, 2, 1])
    #expect(tuning.entries[tuning.choice(by: .best)].settings.supportSize == 3)
  }

  @Test func rulesPreferSmallSupportsWithinTheirErrors() {
    func entry(_ size: Int, _ errors: [Double]) -> SparseTuning.Entry {
      SparseTuning.Entry(
        settings: SparseSettings(supportSize: size), errors: errors, featureCount: 0,
        heldScores: [])
    }
    // Mean errors 1, 1.05, 1.3; the best one has a standard error of 0.1.
    let tuning = SparseTuning(
      entries: [entry(10, [0.9, 1.1]), entry(5, [1.05, 1.05]), entry(2, [1.3, 1.3])])
    #expect(tuning.choice(by: .best) == 0)
    #expect(tuning.choice(by: .oneStandardError) == 1)
    // The minima over sizes spread by 0.16: 5 features are within, 2 are not.
    #expect(tuning.choice(by: .deviationOverSizes) == 1)
  }

  @Test func metricsCountFeaturesAndAverageOverTasks() {
    let found = SparseMetrics.recovery([[0, 1], [2]], truth: [[0, 2], [2]], features: 5)
    #expect(found.truePositiveRate == 0.75)
    #expect(isClose(found.falsePositiveRate, 1.0 / 6, within: 1e-12))
    #expect(found.f1 == 0.75)
    #expect(found.exactRate == 0.5)
    #expect(isClose(found.f1OfRates, 0.75 / (0.75 + 0.5 * (1.0 / 6 + 0.25)), within: 1e-12))
  }

  @Test func aDeclarationIsTheSettingsItSays() throws {
    let declared = SparseLinear {
      Support(.common, atMost: 10)
      SupportSimilarity(0.5)
      CoefficientSimilarity(0)
      Ridge(1e-3)
    }
    let settings = try declared.settings(declared.parts(), tasks: 3, features: 50)
    #expect(
      settings == [
        SparseSettings(supportSize: 10, sharing: .common, ridge: 1e-3, supportSimilarity: 0.5)
      ])
    #expect(!declared.makesChoices)
    #expect(SparseLinear { Support() }.makesChoices)
    #expect(
      declared.declaration == [
        "SparseLinear {", "  Support(.common, atMost: 10)", "  SupportSimilarity(.fixed(0.5))",
        "  CoefficientSimilarity(.fixed(0.0))", "  Ridge(.fixed(0.001))", "}",
      ])
    let wide = SparseLinear { Support(chosenFrom: [3, 500]) }
    #expect(try wide.settings(wide.parts(), tasks: 2, features: 9).map(\.supportSize) == [3, 9])
  }
}
