import Foundation
import RankineSupport
import Testing

@testable import RankineData

struct PreprocessorTests {
  private func fit(
    _ csv: String, rows: [Int]? = nil, by standardization: Standardization = .none
  ) throws -> (Preprocessor, Table) {
    let table = try table(csv)
    let rows = rows ?? Array(0..<table.rowCount)
    let columns = table.columnNames
    return (
      try .fit(table, columns: columns, rows: rows, standardization: standardization), table
    )
  }

  @Test func levelsBecomeIndicatorsWithoutTheMostFrequentOne() throws {
    let (preprocessor, training) = try fit("g\nb\na\nc\nb\n")
    #expect(preprocessor.featureNames == ["g=a", "g=c"])
    #expect(try preprocessor.transform(training).values == [0, 0, 1, 0, 0, 1, 0, 0])
  }

  @Test func anUnseenLevelIsAllZero() throws {
    let (preprocessor, _) = try fit("g\nb\na\nc\nb\n")
    #expect(try preprocessor.transform(table("g\nnew\na\n")).values == [0, 0, 1, 0])
  }

  @Test func missingNumbersGetTheTrainingMedianAndAnIndicatorWhenCommon() throws {
    let (preprocessor, training) = try fit("x\n1\n3\nNA\n10\n")
    #expect(preprocessor.featureNames == ["x", "x.missing"])
    #expect(try preprocessor.transform(training).values == [1, 0, 3, 0, 3, 1, 10, 0])
  }

  @Test func upToFivePercentMissingMakesNoIndicator() throws {
    let cells = ["NA"] + (1...19).map(String.init)
    let (preprocessor, training) = try fit("x\n" + cells.joined(separator: "\n") + "\n")
    #expect(preprocessor.featureNames == ["x"])
    #expect(try preprocessor.transform(training)[0, 0] == 10)
  }

  @Test func aMissingTextIsTheReferenceAndMarkedWhenCommon() throws {
    let (preprocessor, training) = try fit("g\na\na\nb\nNA\n")
    #expect(preprocessor.featureNames == ["g=b", "g.missing"])
    #expect(try preprocessor.transform(training).values == [0, 0, 0, 0, 1, 0, 0, 1])
  }

  @Test func zScoresHaveMeanZeroAndMeanSquareOneInTraining() throws {
    let (preprocessor, training) = try fit("x,g\n1,a\n3,b\n8,a\n", by: .zScore)
    let matrix = try preprocessor.transform(training)
    for column in 0..<2 {
      let values = (0..<3).map { matrix[$0, column] }
      #expect(abs(values.reduce(0, +)) < 1e-12)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } - 3) < 1e-12)
    }
  }

  /// 1e±300 squared is no Double, and 1e-310 is no normal one.
  @Test(arguments: ["e300", "e-300", "e-310", "e308"])
  func zScoresOfHugeAndTinyNumbersAreThoseOfTheirShares(_ exponent: String) throws {
    let (plain, table) = try fit("x\n1\n-1\n0.5\n", by: .zScore)
    let (scaled, training) = try fit(
      "x\n1\(exponent)\n-1\(exponent)\n0.5\(exponent)\n", by: .zScore)
    let expected = try plain.transform(table).values
    for (a, b) in zip(expected, try scaled.transform(training).values) {
      #expect(abs(a - b) < 1e-9)
    }
  }

  @Test func normalScoresFollowRanksInterpolateAndEndAtTheExtremes() throws {
    let (preprocessor, training) = try fit("x\n10\n20\n20\n1000\n", by: .rankNormal)
    // Mid-ranks 1, 2.5, 2.5, 4 of 4: Φ⁻¹(1/8) = −1.1503493803760079, Φ⁻¹(1/2) = 0.
    let low = -1.150_349_380_376_008
    let scores = try preprocessor.transform(training).values
    #expect(zip(scores, [low, 0, 0, -low]).allSatisfy { abs($0 - $1) < 1e-14 })
    let new = try preprocessor.transform(table("x\n-5\n15\n510\n1e9\n")).values
    #expect(zip(new, [low, low / 2, -low / 2, -low]).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test func normalScoresIgnoreIncreasingTransformations() throws {
    var random = CounterRandom(seed: 2)
    let raw = (0..<50).map { _ in random.normal() }
    let scores = { (values: [Double]) throws in
      let table = try Table("t", columns: [Column("x", numbers: values)])
      return try Preprocessor.fit(
        table, columns: ["x"], rows: Array(0..<50), standardization: .rankNormal
      ).transform(table)
    }
    #expect(try scores(raw) == scores(raw.map { Foundation.exp($0) }))
  }

  @Test func rowsOutsideTrainingHaveNoInfluence() throws {
    let one = try fit("x,g\n1,a\n2,b\n3,a\n900,z\n", rows: [0, 1, 2], by: .zScore).0
    let other = try fit("x,g\n1,a\n2,b\n3,a\n,c\n", rows: [0, 1, 2], by: .zScore).0
    #expect(one == other)
  }

  @Test func constantFeaturesAreDroppedWithAWarning() throws {
    let (preprocessor, training) = try fit("x,c,g,e\n1,5,a,\n2,5,a,\n", by: .zScore)
    #expect(preprocessor.featureNames == ["x"])
    #expect(
      preprocessor.warnings == [
        "dropped because constant in training: \"c\", \"e\", \"e.missing\""
      ])
    #expect(try preprocessor.transform(training).values == [-1, 1])
  }

  @Test(arguments: Standardization.allCases)
  func aStoredPreprocessorGivesTheSameFeatures(_ standardization: Standardization) throws {
    let (preprocessor, training) = try fit(
      "x,g,y\n1,a,0.1\n,b,0.2\n8,a,0.7\n4,c,1e-9\n", by: standardization)
    let json = try JSONEncoder().encode(preprocessor)
    let back = try JSONDecoder().decode(Preprocessor.self, from: json)
    #expect(back == preprocessor)
    #expect(try back.transform(training) == preprocessor.transform(training))
  }

  @Test func aTableWithoutThePredictorsNamesThem() throws {
    let (preprocessor, _) = try fit("a,b,x\n1,2,3\n2,3,5\n")
    #expect(
      try dataError { try preprocessor.transform(table("x,c\n1,2\n", file: "new.csv")) }.description
        == """
        error[missing-column] in new.csv: 2 predictors of the model are missing: "a", "b"
          hint: give the table the columns that the model was trained on
        """)
    #expect(
      try dataError { try fit("gene\n1\n2\n").0.transform(table("genes\n1\n")) }.hint
        == "did you mean \"genes\"?")
    #expect(try preprocessor.transform(table("z,x,b,a\n9,3,2,1\n")).values == [1, 2, 3])
  }

  @Test func identifiersAndTooManyLevelsAdviseExclusion() throws {
    #expect(
      try dataError { try fit("name\nann\nbob\ncleo\n") }.description == """
        error[bad-features] in column "name": every row has its own text, so it is an identifier \
        and no predictor
          hint: exclude it: --exclude name
        """)
    let many = (0..<42).map { "level\($0 / 2)" }.joined(separator: "\n")
    #expect(
      try dataError { try fit("g\n\(many)\n") }.message
        == "a text column may have 20 levels, this has 21")
  }

  @Test func aStrayTextAmongManyNumbersIsNamed() throws {
    let cells = (0..<30).map(String.init).joined(separator: "\n")
    #expect(
      try dataError { try fit("age\n\(cells)\nold\n") }.place == "data.csv:32, column \"age\"")
  }

  @Test func aTextInANumericColumnOfANewTableIsNamed() throws {
    let (preprocessor, _) = try fit("x\n1\n2\n")
    #expect(try dataError { try preprocessor.transform(table("x\nhigh\n")) }.code == "not-a-number")
  }

  @Test func noVaryingPredictorIsAnError() throws {
    #expect(
      try dataError { try fit("x\n1\n1\n") }.message == "every predictor is constant in training")
  }
}

struct NormalQuantileTests {
  /// Reference values to 16 digits.
  @Test(arguments: [
    (0.5, 0.0), (0.975, 1.959963984540054), (0.025, -1.959963984540054),
    (0.84134474606854293, 1.0), (0.001, -3.090232306167813), (1e-10, -6.361340902404056),
    (0.01, -2.3263478740408408), (0.9, 1.2815515655446004),
  ])
  func knownQuantilesAreExact(_ p: Double, _ quantile: Double) {
    #expect(abs(normalQuantile(p) - quantile) < 1e-13)
  }

  @Test func theDistributionFunctionUndoesTheQuantile() {
    for step in 1..<1000 {
      let p = Double(step) / 1000
      #expect(abs(0.5 * erfc(-normalQuantile(p) / 2.0.squareRoot()) - p) < 1e-15)
      #expect(abs(normalQuantile(p) + normalQuantile(1 - p)) < 1e-12)
    }
  }

  @Test func theEndsAreInfiniteAndTheRestUndefined() {
    #expect(normalQuantile(0) == -.infinity && normalQuantile(1) == .infinity)
    #expect(normalQuantile(-0.1).isNaN && normalQuantile(1.1).isNaN && normalQuantile(.nan).isNaN)
  }
}
