import Foundation
import Testing

@testable import RankineData

/// What pairs of rows count for, outcome type by outcome type.
struct PairWeightTests {
  private func read(_ specification: String, _ csv: String) throws -> OutcomeValues {
    try Outcome(specification: specification).read(from: table(csv))
  }

  private func weights(
    _ specification: String, _ csv: String, rows: [Int]? = nil, isTraining: Bool = true
  ) throws -> PairWeights {
    let values = try read(specification, csv)
    let rows = rows ?? Array(values.values.indices)
    return try #require(values.pairWeights(rows: rows, isTraining: isTraining))
  }

  @Test func pairsCountAlikeUnlessAnOutcomeSaysOtherwise() throws {
    let csv = "g,t,e\n1,2,1\n2,3,0\n3,4,1\n"
    for specification in ["g:continuous", "g:ordinal", "g:count", "s=censored(t,e)"] {
      #expect(try read(specification, csv).pairWeights(rows: [0, 1, 2]) == nil)
    }
  }

  @Test func everyTwoLevelsWeighAlikeWhateverTheirSizes() throws {
    // Levels 0, 0, 0, 1, 2, 2: pairs of sizes 3·1, 3·2 and 1·2.
    let csv = "g,x\n0,0\n0,0\n0,0\n1,0\n2,0\n2,0\n"
    let weights = try weights("g:ordinal(; weights=levels)", csv)
    let single = weights.weight(of: 3, above: 0)
    #expect(abs(3 * single - 6 * weights.weight(of: 4, above: 0)) < 1e-12)
    #expect(abs(3 * single - 2 * weights.weight(of: 5, above: 3)) < 1e-12)
    // n/(M n_a) · n/(M n_b) = (6/3/1)·(6/3/3).
    #expect(abs(single - 2 * 2.0 / 3) < 1e-12)
  }

  @Test func levelSizesAreCountedAmongTheRowsOfTheSample() throws {
    let csv = "g,x\n0,0\n0,0\n1,0\n1,0\n"
    let half = try weights("g:ordinal(; weights=levels)", csv, rows: [0, 2, 3])
    #expect(half.weight(of: 1, above: 0) == 1.5 * 0.75)
  }

  @Test func theGapIsHowManyLevelsLieBetween() throws {
    let weights = try weights("g:ordinal(; weights=gap)", "g,x\n5,0\n7,0\n9,0\n")
    #expect(weights.weight(of: 2, above: 0) == 2 && weights.weight(of: 1, above: 0) == 1)
  }

  @Test func ratesWeighByThePrecisionOfTheirDifference() throws {
    let csv = "n,years\n2,1\n6,2\n6,6\n"
    let values = try read("v=count(n,years)", csv)
    #expect(values.values == [2, 3, 1])
    #expect(values.ranks(1, above: 0) && values.ranks(0, above: 2))
    let weights = try #require(values.pairWeights(rows: [0, 1, 2]))
    // Mean exposure 3: (1/3)(2/3)/(1) and (2/3)·2/(8/3).
    #expect(abs(weights.weight(of: 1, above: 0) - 2.0 / 9) < 1e-12)
    #expect(abs(weights.weight(of: 1, above: 2) - 0.5) < 1e-12)
  }

  @Test func aRatioComparesLikeExposuresAlone() throws {
    let csv = "n,years\n2,1\n6,1.4\n6,1.6\n9,2\n"
    let weights = try weights("v=count(n,years; ratio=1.5)", csv)
    #expect(weights.weight(of: 1, above: 0) == 1)
    #expect(weights.weight(of: 2, above: 0) == 0)
    #expect(weights.weight(of: 3, above: 1) == 1)
  }

  @Test func censoringIsMadeUpForInTrainingAlone() throws {
    // The worked case: Ĝ is 1 up to and including 4, then 2/3.
    let csv = "t,e\n2,1\n4,0\n5,1\n7,1\n"
    let weights = try weights("s=censored(t,e; weights=uno)", csv)
    #expect(weights.weight(of: 1, above: 0) == 1 && weights.weight(of: 3, above: 0) == 1)
    #expect(abs(weights.weight(of: 3, above: 2) - 2.25) < 1e-12)
    let values = try read("s=censored(t,e; weights=uno)", csv)
    #expect(values.pairWeights(rows: [0, 1, 2, 3], isTraining: false) == nil)
    let limited = try self.weights("s=censored(t,e; weights=uno, tau=5)", csv)
    #expect(limited.weight(of: 3, above: 2) == 0 && limited.weight(of: 3, above: 0) == 1)
  }

  @Test func aRowThatEnteredAfterAnEventIsNotComparedWithIt() throws {
    let csv = "t,e,start\n2,1,0\n5,1,2\n6,1,1\n7,0,4.5\n"
    let weights = try weights("s=censored(t,e; entry=start)", csv, isTraining: false)
    // Row 1 entered at 2, when row 0 had its event already; row 2 entered at 1; row 3 at 4.5.
    #expect(weights.weight(of: 1, above: 0) == 0)
    #expect(weights.weight(of: 2, above: 0) == 1)
    #expect(weights.weight(of: 3, above: 0) == 0)
    #expect(weights.weight(of: 3, above: 1) == 1)
  }

  @Test func visitsOfOneSubjectAreNotComparedAndSubjectsCountAlike() throws {
    let csv = "v,who\n1,a\n2,a\n3,b\n4,b\n5,b\n6,c\n"
    let weights = try weights("y=longitudinal(v,who)", csv)
    #expect(weights.weight(of: 1, above: 0) == 0 && weights.weight(of: 4, above: 2) == 0)
    #expect(abs(weights.weight(of: 2, above: 0) - 1.0 / 6) < 1e-12)
    #expect(abs(weights.weight(of: 5, above: 4) - 1.0 / 3) < 1e-12)
    let tally = PairTally(
      high: [0, 1, 2, 3, 4, 5], low: [0, 1, 2, 3, 4, 5], weights: weights)
    // One for each two subjects.
    #expect(abs(tally.total - 3) < 1e-12)
  }

  @Test func theTermWithinSubjectsHasItsShare() throws {
    let csv = "v,who\n1,a\n2,a\n3,b\n4,b\n5,b\n6,c\n"
    let weights = try weights("y=longitudinal(v,who; within=0.25)", csv)
    var (between, within) = (0.0, 0.0)
    let subject = [0, 0, 1, 1, 1, 2]
    for i in 0..<6 {
      for j in 0..<i {
        let weight = weights.weight(of: i, above: j)
        if subject[i] == subject[j] { within += weight } else { between += weight }
      }
    }
    #expect(abs(within / (within + between) - 0.25) < 1e-12)
    // Within a subject of m visits a pair counts 2/(m(m − 1)): 1 of a, 1/3 of b.
    #expect(
      abs(weights.weight(of: 1, above: 0) - 3 * weights.weight(of: 3, above: 2)) < 1e-12)
  }

  @Test func visitsAtLikeTimesCountForMore() throws {
    let csv = "v,who,when\n1,a,0\n2,b,1\n3,c,4\n"
    let weights = try weights("y=longitudinal(v,who,when; width=2)", csv)
    #expect(abs(weights.weight(of: 1, above: 0) - exp(-0.125)) < 1e-12)
    #expect(abs(weights.weight(of: 2, above: 0) - exp(-2)) < 1e-12)
  }

  @Test func aRowWithoutACompanionHasNoOutcome() throws {
    let counts = try read("v=count(n,years)", "n,years\n2,1\n6,\n,2\n")
    #expect(counts.observedRows == [0])
    let visits = try read("y=longitudinal(v,who)", "v,who\n1,a\n2,\n3,b\n")
    #expect(visits.observedRows == [0, 2] && visits.companions.subject == [0, -1, 1])
    let times = try read("s=censored(t,e; entry=start)", "t,e,start\n2,1,0\n5,1,\n")
    #expect(times.observedRows == [0])
    #expect(try #require(times.pairWeights(rows: [0, 1])).weight(of: 1, above: 0).isFinite)
  }

  @Test(arguments: [
    (
      "v=count(n,years)", "n,years\n1,1\n1,0\n",
      "task \"v\", data.csv:3, column \"years\": expected an exposure above 0, found 0"
    ),
    (
      "s=censored(t,e; entry=n)", "t,e,n\n2,1,0\n3,1,4\n",
      "task \"s\", data.csv:3, column \"n\": expected an entry before the time 3, found 4"
    ),
    (
      "y=longitudinal(v,who)", "v,whom\n1,a\n", "task \"y\": data.csv has no column \"who\""
    ),
  ])
  func aBadCompanionNamesItsPlace(
    _ specification: String, _ csv: String, _ text: String
  ) throws {
    let error = try dataError { try read(specification, csv) }
    #expect(error.description.contains("in " + text), "\(error)")
    #expect(error.hint != nil)
  }

  @Test func oneSubjectAloneCannotBeRanked() throws {
    let values = try read("y=longitudinal(v,who)", "v,who\n1,a\n2,a\n")
    #expect(
      try dataError { try values.type.validate(values) }.message
        == "all rows are of one subject, and rows of two are compared")
  }

  @Test func aTallyIsTheSumOverPairsFromBothSides() {
    // Values 1, 2, 2, 3 with scores 0, 1, 3, 2: comparable 01, 02, 03, 13, 23.
    let keys = [0.0, 1, 1, 2]
    let tally = PairTally(high: keys, low: keys, weights: nil, scores: [0, 1, 3, 2])
    #expect(tally.weightOfRow == [3, 2, 2, 3])
    #expect(tally.agreementOfRow == [3, 2, 1, 2])
    #expect(tally.total == 5 && tally.concordance == 0.8)
    let tied = PairTally(high: [0, 1, .nan], low: [0, 1, .nan], weights: nil, scores: [4, 4, 9])
    #expect(tied.concordance == 0.5 && tied.weightOfRow == [1, 1, 0])
    #expect(
      PairTally(high: [1, 1], low: [1, 1], weights: nil, scores: [1, 2]).concordance == nil)
  }
}
