import Foundation
import RankineSupport
import Testing

@testable import RankineData

struct SplitTests {
  private func outcomes(_ rowCount: Int, seed: UInt64) -> [OutcomeValues] {
    var random = CounterRandom(seed: seed)
    let rare = (0..<rowCount).map { $0 < 3 ? 1.0 : 0 }
    let level = (0..<rowCount).map { _ in
      random.uniform() < 0.2 ? .nan : (random.uniform() * 2).rounded()
    }
    let events = (0..<rowCount).map { _ in random.uniform() < 0.1 }
    let cost = (0..<rowCount).map { _ in random.uniform() < 0.9 ? .nan : random.normal() }
    return [
      OutcomeValues(name: "rare", type: BinaryOutcome(), values: rare),
      OutcomeValues(name: "level", type: OrdinalOutcome(), values: level),
      OutcomeValues(
        name: "OS", type: CensoredOutcome(time: "t", event: "e"),
        values: rare.indices.map { Double($0 % 7) }, event: events),
      OutcomeValues(name: "cost", type: ContinuousOutcome(), values: cost),
    ]
  }

  @Test(arguments: [10, 11, 60, 137, 500])
  func partsAreDisjointAndCoverAllRowsInExactSizes(_ rowCount: Int) throws {
    for seed in 1...20 {
      let parts = try Split.ratio(60, 20, 20).parts(
        rowCount: rowCount, outcomes: outcomes(rowCount, seed: 1), seed: UInt64(seed))
      let all = parts.training + parts.validation + parts.test
      #expect(all.sorted() == Array(0..<rowCount))
      #expect(parts.training == parts.training.sorted())
      #expect(abs(Double(parts.training.count) - 0.6 * Double(rowCount)) < 1)
      #expect(abs(Double(parts.test.count) - 0.2 * Double(rowCount)) < 1)
    }
  }

  @Test func everyPartHasEachClassAndEvents() throws {
    for seed in 1...20 {
      let outcomes = outcomes(200, seed: UInt64(seed))
      let parts = try Split.ratio(60, 20, 20).parts(
        rowCount: 200, outcomes: outcomes, seed: UInt64(seed))
      for rows in [parts.training, parts.validation, parts.test] {
        #expect(Set(rows.map { outcomes[0].values[$0] }) == [0, 1])
        #expect(Set(rows.map { outcomes[1].values[$0] }.filter { !$0.isNaN }) == [0, 1, 2])
        #expect(rows.contains { outcomes[2].event?[$0] == true })
        #expect(rows.contains { !outcomes[3].values[$0].isNaN })
      }
    }
  }

  @Test func classesAreSpreadInProportion() throws {
    let outcome = OutcomeValues(
      name: "y", type: BinaryOutcome(), values: (0..<1000).map { $0 % 10 == 0 ? 1 : 0 })
    let parts = try Split.ratio(60, 20, 20).parts(rowCount: 1000, outcomes: [outcome], seed: 4)
    let positives = [parts.training, parts.validation, parts.test].map { rows in
      rows.filter { outcome.values[$0] == 1 }.count
    }
    #expect(positives == [60, 20, 20])
  }

  @Test func aSeedGivesOneSplitAndAnotherSeedAnother() throws {
    let outcomes = outcomes(100, seed: 1)
    let split = Split.ratio(0.6, 0.2, 0.2)
    let first = try split.parts(rowCount: 100, outcomes: outcomes, seed: 1)
    #expect(try first == split.parts(rowCount: 100, outcomes: outcomes, seed: 1))
    #expect(try first != split.parts(rowCount: 100, outcomes: outcomes, seed: 2))
  }

  @Test func rowsWithoutLabelsAreDrawnUniformly() throws {
    var inTest = [Int](repeating: 0, count: 10)
    for seed in 0..<2000 {
      let parts = try Split.ratio(80, 0, 20).parts(rowCount: 10, outcomes: [], seed: UInt64(seed))
      #expect(parts.validation.isEmpty)
      for row in parts.test { inTest[row] += 1 }
    }
    // 400 expected, standard deviation 18.
    #expect(inTest.allSatisfy { abs($0 - 400) < 90 })
  }

  @Test func impossibleSharesAreNamed() throws {
    let split = { (a: Double, b: Double, c: Double, rows: Int) in
      try dataError { try Split.ratio(a, b, c).parts(rowCount: rows, outcomes: [], seed: 1) }
    }
    #expect(
      try split(60, -1, 20, 10)
        == DataError(
          "bad-split", in: "split 60/-1/20",
          "expected three shares of 0 or more, the first above 0", hint: "for example 60/20/20"))
    #expect(try split(0, 50, 50, 10).code == "bad-split")
    #expect(try split(.nan, 50, 50, 10).code == "bad-split")
    #expect(
      try split(98, 1, 1, 10)
        == DataError(
          "bad-split", in: "split 98/1/1", "10 rows leave none for validation",
          hint: "give that part a larger share, or 0"))
  }

  @Test func foldsAreDisjointCoverTheRowsAndHoldEachClass() throws {
    let classes = (0..<53).map { $0 % 6 == 0 ? 1.0 : 0 }
    let data = try Dataset(
      predictors: ["x"], values: classes.indices.map(Double.init),
      outcomeColumns: [Column("y", numbers: classes)], outcomes: [Outcome("y", .binary)])
    let rows = Array(3..<53)
    let folds = try Folds(count: 5).parts(of: data, rows: rows, seed: 9)
    #expect(folds.map(\.count) == [10, 10, 10, 10, 10])
    #expect(folds.joined().sorted() == rows)
    for fold in folds { #expect(Set(fold.map { classes[$0] }) == [0, 1]) }
    #expect(
      try dataError { try Folds(count: 60).parts(of: data, seed: 1) }.description == """
        error[bad-split] in 60 folds: 53 rows cannot make 60 folds
          hint: choose from 2 to the number of rows
        """)
  }
}
