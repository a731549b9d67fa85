import RankineData
import RankineSupport
import Testing

@testable import RankineTraining

struct SampleTests {
  @Test func pairsAreCountedByKeys() {
    #expect(comparablePairCount(high: [1, 2, 3], low: [1, 2, 3]) == 3)
    #expect(comparablePairCount(high: [1, 1, 2, .nan], low: [1, 1, 2, .nan]) == 2)
    // Times 2, 4 (censored), 5, 7: pairs (5, 2), (7, 2), (7, 5) and the censored one above 2.
    #expect(
      comparablePairCount(high: [0, 1.5, 2, 3], low: [0, .infinity, 2, 3]) == 4)
    #expect(comparablePairCount(high: [], low: []) == 0)
  }

  @Test func theCountAgreesWithAllPairsOneByOne() {
    var random = CounterRandom(seed: 3)
    for size in [1, 2, 7, 40] {
      let high = (0..<size).map { _ in (random.uniform() * 8).rounded() }
      let low = high.map { random.uniform() < 0.3 ? .infinity : $0 }
      var count = 0
      for i in 0..<size { for j in 0..<size where high[i] > low[j] { count += 1 } }
      #expect(comparablePairCount(high: high, low: low) == count)
    }
  }

  @Test func pairFactorsMakeAPerfectOrderingWorthOne() {
    let outcome = OutcomeValues(
      name: "y", type: ContinuousOutcome(), values: [3, 1, .nan, 2])
    let features = FeatureMatrix(names: ["x"], rowCount: 4, values: [0, 1, 2, 3])
    let sample = TrainingSample(features, outcomes: [outcome, outcome], rows: [0, 1, 2, 3])
    #expect(sample.pairs.factors == [4.0 / 6, 4.0 / 6])
    #expect(sample.target == [3, 1, 0, 2, 3, 1, 0, 2])
    #expect(sample.observed == [1, 1, 0, 1, 1, 1, 0, 1])
  }

  @Test func scaledTargetsOfContinuousOutcomesDoNotDependOnTheirUnit() {
    let features = FeatureMatrix(names: ["x"], rowCount: 5, values: [0, 1, 2, 3, 4])
    let outcomes = [1.0, 1000].map { unit in
      OutcomeValues(
        name: "y", type: ContinuousOutcome(),
        values: [3, 1, .nan, 2, 9].map { $0.isNaN ? $0 : $0 * unit })
    }
    let count = OutcomeValues(name: "n", type: CountOutcome(), values: [3, 1, .nan, 2, 9])
    let sample = TrainingSample(
      features, outcomes: outcomes + [count], rows: [0, 1, 2, 3, 4], scalesTargets: true)
    // Median 2.5; the deviations 0.5, 1.5, 0.5 and 6.5 have median 1, times 1.4826.
    let expected = [0.5, -1.5, 0, -0.5, 6.5].map { $0 / 1.482602218505602 }
    for (index, value) in expected.enumerated() {
      #expect(abs(sample.target[index] - value) < 1e-12)
      #expect(abs(sample.target[5 + index] - value) < 1e-12)
    }
    #expect(sample.target[10...] == [3, 1, 0, 2, 9])
  }

  @Test func entriesAreSharesOfTheTimesThatRowsWereWatched() throws {
    let table = try Table(
      "t",
      columns: [
        Column("x", numbers: [1, 2, 3]), Column("time", numbers: [4, 6, .nan]),
        Column("event", numbers: [1, 0, 1]), Column("start", numbers: [1, 0, 1]),
      ])
    let data = try Dataset(
      table: table, specs: ["s=censored(time,event; entry=start)"])
    let features = FeatureMatrix(names: ["x"], rowCount: 3, values: [1, 2, 3])
    let sample = TrainingSample(features, outcomes: data.outcomes, rows: [0, 1, 2])
    #expect(sample.entryShare == [0.25, 0, 0])
    let plain = OutcomeValues(name: "y", type: ContinuousOutcome(), values: [3, 1, 2])
    #expect(TrainingSample(features, outcomes: [plain], rows: [0, 1, 2]).entryShare == nil)
  }

  @Test func someRowsKeepTheirKeysAndFeatures() {
    let outcome = OutcomeValues(name: "y", type: ContinuousOutcome(), values: [3, 1, 5, 2])
    let features = FeatureMatrix(names: ["a", "b"], rowCount: 4, values: (0..<8).map(Double.init))
    let sample = TrainingSample(features, outcomes: [outcome], rows: [3, 0])
    #expect(sample.features.doubles == [6, 7, 0, 1])
    #expect(sample.high == [1, 2])
    #expect(sample.comparablePairs == [1])
  }

  @Test func heldRowsWithoutAPairHaveNoConcordance() {
    let outcome = OutcomeValues(name: "y", type: ContinuousOutcome(), values: [1, 2, .nan])
    let features = FeatureMatrix(names: ["a"], rowCount: 3, values: [0, 0, 0])
    let both = HeldRows(features, outcomes: [outcome], rows: [0, 1])
    #expect(both.concordance([[5, 6]]) == [1])
    #expect(both.concordance([[6, 5]]) == [0])
    let one = HeldRows(features, outcomes: [outcome], rows: [0, 2])
    #expect(one.concordance([[5, 6]]) == [nil])
    #expect(meanConcordance([nil, 0.7, 0.9]) == 0.8)
    #expect(meanConcordance([nil]) == 0.5)
  }
}
