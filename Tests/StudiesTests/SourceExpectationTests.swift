import RankineData
import RankineEvaluation
import RankineTraining
import Testing

@testable import RankineStudies

/// The orders that scenarios are made to show, and what is said of them.
struct SourceExpectationTests {
  private func expectation(_ order: SourceExpectation.Order) -> SourceExpectation {
    SourceExpectation(scenario: .both, first: "a", second: "b", order: order)
  }

  /// Differences −2, −1, 0 have mean −1 and standard error 1/√3; Student's quantile for two degrees of
  /// freedom is 4.30265.
  @Test func anIntervalThatHasZeroLeavesAnOrderOpen() throws {
    let difference = PairedDifference([1, 2, 3], minus: [3, 3, 3])
    let interval = try #require(difference.interval)
    #expect(abs(difference.standardError - 0.577_350_27) < 1e-8)
    #expect(abs(interval.upperBound - (-1 + 4.302_652_73 * 0.577_350_27)) < 1e-6)
    #expect(expectation(.below).verdict(difference) == .open)
  }

  @Test func anOrderHoldsOrFailsWhereTheWholeIntervalSaysSo() {
    let lower = PairedDifference([1, 1.1, 0.9], minus: [2, 2, 2])
    let higher = PairedDifference([3, 3.1, 2.9], minus: [2, 2, 2])
    #expect(expectation(.below).verdict(lower) == .holds)
    #expect(expectation(.below).verdict(higher) == .fails)
    #expect(expectation(.below).verdict(PairedDifference([1], minus: [2])) == .open)
    let close = PairedDifference([2, 2.001, 1.999], minus: [2, 2, 2])
    #expect(expectation(.within(0.02)).verdict(close) == .holds)
    #expect(expectation(.within(0.002)).verdict(close) == .open)
    #expect(expectation(.within(0.02)).verdict(lower) == .fails)
    #expect(expectation(.within(0.02)).text == "a ≈ b (± 0.02)")
    #expect(expectation(.below).text == "a < b")
  }

  @Test func everyExpectationIsOfMethodsThatAreThere() {
    for expectation in SourceExpectation.all {
      #expect(SourceMethods.names.contains(expectation.first))
      #expect(SourceMethods.names.contains(expectation.second))
    }
    #expect(Set(SourceExpectation.all.map(\.scenario)).count == 6)
  }

  /// Ten small replications: pooling is best where tasks are one, breaks where their
  /// coefficients differ or one is their opposite, and no expected order fails.
  @Test func expectedOrdersShowInTenSmallReplications() throws {
    func dual(_ settings: String...) throws -> Candidate {
      try Candidate(
        named: "dual-encoder", settings: ["sharedWidths=16", "ownWidths=8"] + settings)
    }
    var study = SourceStudy(
      candidates: [
        try dual("selection=0.05", "ownFactors=0").renamed("dual"),
        try dual("selection=1000", "ownFactors=0").renamed("pooled"),
        try dual("sharedFactors=0").renamed("single-task"),
        try Candidate(named: "linear-sources", settings: ["selection=0.05"]).renamed(
          "robust-linear"),
      ])
    study.scenarios = [.homogeneous, .distribution, .posterior, .both, .outlier]
    study.shrink()
    let findings = try study.run(threads: 2)
    let verdicts = Dictionary(
      uniqueKeysWithValues: findings.expectations.map {
        ("\($0.expectation.scenario.rawValue): \($0.expectation.text)", $0.verdict)
      })
    for order in [
      "A: pooled < single-task", "A: pooled < robust-linear", "A: dual ≈ pooled (± 0.02)",
      "B: dual < single-task", "B: dual < robust-linear", "C: dual < pooled",
      "C: dual < single-task", "C: dual < robust-linear", "D: dual < pooled",
      "D: dual < robust-linear",
    ] {
      #expect(verdicts[order] == .holds, "\(order)")
    }
    #expect(try #require(findings.difference(to: "pooled", .outlier).interval).upperBound < 0)
    #expect(!verdicts.values.contains(.fails), "\(verdicts)")
    // The outlying task's coefficients are found far from the others'.
    for cell in findings.cells(of: "dual", .outlier).compactMap({ $0 }) {
      #expect(try #require(cell.distances).correlation > 0.8)
    }
    #expect(findings.text().contains("Mean distance of the tasks' coefficients"))
  }

  /// In F nothing is common to the tasks: what may choose not to share is no worse than networks of their
  /// own beyond chance.
  @Test func aChoiceNotToShareIsAboutANetworkOfEachTasksOwn() throws {
    var study = SourceStudy(
      candidates: try SourceMethods.candidates(["dual-or-single", "single-task"]))
    study.scenarios = [.unrelated]
    study.shrink()
    let findings = try study.run(threads: 2)
    let found = try #require(findings.expectations.first)
    #expect(found.expectation.text == "dual-or-single ≈ single-task (± 0.02)")
    #expect(found.verdict != .fails && found.difference.mean < 0.05, "\(found.difference)")
  }

  /// Coefficients (3, 0), (0, 4), (0, 0): root mean square norm √(25/3), distances 5, 3, 4.
  @Test func distancesAreSharesOfTheSizeOfCoefficients() {
    let distances = CoefficientDistances(
      fitted: [[3, 0], [0, 4], [0, 0]], truth: [[1, 0], [0, 0], [1, 1]])
    let size = (25.0 / 3).squareRoot()
    for (found, wanted) in zip(distances.fitted, [5.0, 3, 4]) {
      #expect(abs(found - wanted / size) < 1e-12)
    }
    #expect(abs(distances.mean - 4 / size) < 1e-12)
    // Rotated by a quarter turn, nothing changes.
    let turned = CoefficientDistances(
      fitted: [[0, 3], [-4, 0], [0, 0]], truth: [[1, 0], [0, 0], [1, 1]])
    #expect(turned.fitted == distances.fitted)
    // True distances 1, 1, √2 as shares; their correlation with 5, 3, 4 is 0.
    #expect(abs(distances.correlation) < 1e-12)
    #expect(CoefficientDistances(fitted: [[1], [1]], truth: [[1], [2]]).correlation.isNaN)
  }
}

extension SourceStudy {
  /// Ten replications of three small tasks.
  fileprivate mutating func shrink() {
    replications = 1...10
    simulation.predictorCount = 5
    simulation.trainingCounts = [40, 60, 80]
    simulation.validationCount = 60
    simulation.testCount = 200
    options.epochs = 6
  }
}
