import Foundation
import RankineSupport
import Testing

@testable import RankineData

struct SimulationTests {
  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  private func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let (meanA, meanB) = (mean(a), mean(b))
    let product = mean(zip(a, b).map { ($0 - meanA) * ($1 - meanB) })
    let variances =
      mean(a.map { ($0 - meanA) * ($0 - meanA) }) * mean(b.map { ($0 - meanB) * ($0 - meanB) })
    return product / variances.squareRoot()
  }

  @Test func predictorsAreStandardNormalWithCorrelationHalvingByStep() throws {
    let simulation = Simulation(setting: 1, rowCount: 4000, predictorCount: 6, importantCount: 3)
    let table = try simulation.replication(1).dataset.table
    let columns = try (1...6).map { try table.column("x\($0)").numbers() }
    // Standard errors: 0.016 for a mean, 0.022 for a variance, at most 0.016 for a correlation.
    for column in columns {
      #expect(abs(mean(column)) < 0.07)
      #expect(abs(mean(column.map { $0 * $0 }) - 1) < 0.1)
    }
    for i in 0..<6 {
      for j in i..<6 {
        #expect(
          abs(correlation(columns[i], columns[j]) - Foundation.pow(0.5, Double(j - i))) < 0.07)
      }
    }
  }

  @Test func eachIndexBlockHasUnitStandardDeviation() {
    var random = CounterRandom(seed: 4)
    let simulation = Simulation(setting: 2, rowCount: 8000, predictorCount: 30)
    let predictors = simulation.drawPredictors(&random)
    let beta = simulation.drawCoefficients(&random)[0]
    let index = SimulatedIndex(beta: beta, isNonlinear: true)
    let u = (0..<8000).map { index.indices(predictors[($0 * 30)..<($0 * 30 + 30)]) }
    for block in 0..<3 {
      // Standard error of a mean square: 0.016.
      #expect(abs(mean(u.map { $0[block] * $0[block] }) - 1) < 0.07)
    }
  }

  @Test func theDeviationIsTheSquareRootOfTheQuadraticForm() {
    // b = (1, −2, 0.5): b′Σb = 5.25 + 2(1·−2·0.5 + 1·0.5·0.25 − 2·0.5·0.5) = 2.5.
    #expect(abs(SimulatedIndex.deviation([1, -2, 0.5]) - 2.5.squareRoot()) < 1e-15)
  }

  @Test func theNonlinearFunctionIsAsWritten() {
    // Single-predictor blocks: u is sign(b) x, so u = (1, −2, 3):
    // 2 sin(π/2) + 3 + 6/4 + 3 = 9.5.
    let index = SimulatedIndex(beta: [0.3, -0.2, 0.7], isNonlinear: true)
    #expect(abs(index.signal([1, 2, 3]) - 9.5) < 1e-12)
    let linear = SimulatedIndex(beta: [0.5], isNonlinear: false)
    #expect(linear.signal([2]) == 6)
  }

  @Test func twentyFourOfThirtyCoefficientsAreRedrawn() {
    var random = CounterRandom(seed: 8)
    let simulation = Simulation(setting: 1)
    for _ in 0..<50 {
      let betas = simulation.drawCoefficients(&random)
      #expect(zip(betas[0], betas[1]).filter { $0 != $1 }.count == 24)
      #expect(betas.joined().allSatisfy { (-1..<1).contains($0) })
    }
  }

  @Test(arguments: [3, 4])
  func classesAreBalancedAndOneInTenLabelsIsFlipped(_ setting: Int) throws {
    let data = try Simulation(setting: setting, rowCount: 4000, predictorCount: 30).replication(2)
    for task in 0..<2 {
      let threshold = setting == 3 ? 0 : Simulation.nonlinearMedian
      let labels = data.dataset.outcomes[task].values
      let flipped = zip(labels, data.truth.signals[task]).map {
        $0 == ($1 > threshold ? 1 : 0) ? 0.0 : 1
      }
      // Standard errors: 0.008 and 0.005; in setting 4 the median also varies with β.
      #expect(abs(mean(labels) - 0.5) < 0.06)
      #expect(abs(mean(flipped) - 0.1) < 0.02)
    }
  }

  @Test func theStoredMedianIsThatOfThePilot() {
    // The standard error of a median of 8000 draws is 0.5/(density √8000) < 0.03.
    #expect(abs(Simulation.pilotMedian(drawCount: 8000) - Simulation.nonlinearMedian) < 0.1)
  }

  @Test func settingsMixTheTypesAndFunctionsAsListed() throws {
    let kinds = try (1...6).map { setting in
      try Simulation(setting: setting, rowCount: 20, predictorCount: 30).replication(1)
        .dataset.outcomes.map { $0.scale == .binary ? "class" : "number" }
    }
    #expect(
      kinds == [
        ["number", "number"], ["number", "number"], ["class", "class"], ["class", "class"],
        ["number", "class"], ["class", "number"],
      ])
  }

  @Test func settingsAndOptionsShareTheirDraws() throws {
    let two = try Simulation(setting: 2, rowCount: 30, predictorCount: 30).replication(3)
    for setting in 4...6 {
      let other = try Simulation(setting: setting, rowCount: 30, predictorCount: 30, errors: .sum)
        .replication(3)
      #expect(other.truth.betas == two.truth.betas)
      #expect(other.truth.signals == two.truth.signals)
      #expect(other.truth.split == two.truth.split)
      let column = try other.dataset.table.column("x7").numbers()
      #expect(try column == two.dataset.table.column("x7").numbers())
    }
  }

  @Test func replicationsDifferAndRepeat() throws {
    let simulation = Simulation(setting: 1, rowCount: 20, predictorCount: 40)
    let first = try simulation.replication(1)
    #expect(try first.truth == simulation.replication(1).truth)
    #expect(try first.truth.betas != simulation.replication(2).truth.betas)
    let json = try JSONEncoder().encode(first.truth)
    #expect(try JSONDecoder().decode(SimulationTruth.self, from: json) == first.truth)
    #expect(first.truth.important == (1...30).map { "x\($0)" })
    #expect(first.truth.split.training.count == 12 && first.truth.split.test.count == 4)
  }

  @Test func errorsHaveTheQuartilesOfTheirDistribution() {
    // P(|ε| ≤ 1) is 0.6827 for N(0, 1), 0.5 for Cauchy, so 0.6279 for the mixture.
    var random = CounterRandom(seed: 1)
    let simulation = Simulation(setting: 1)
    let draws = (0..<20_000).map { _ in simulation.drawError(&random) }
    #expect(abs(mean(draws.map { abs($0) <= 1 ? 1 : 0 }) - 0.6279) < 0.014)
    #expect(abs(mean(draws.map { $0 > 0 ? 1 : 0 }) - 0.5) < 0.014)
  }

  @Test func withoutErrorsTheResponseIsTheSignalAndVariantTCubesTheSecond() throws {
    var simulation = Simulation(setting: 1, rowCount: 50, predictorCount: 30, errors: .none)
    let plain = try simulation.replication(1)
    #expect(plain.dataset.outcomes[0].values == plain.truth.signals[0])
    simulation.cubesSecondResponse = true
    let cubed = try simulation.replication(1)
    #expect(cubed.dataset.outcomes[0].values == plain.dataset.outcomes[0].values)
    #expect(cubed.dataset.outcomes[1].values == plain.truth.signals[1].map { $0 * $0 * $0 })
    #expect(cubed.dataset.outcomes[1].high == plain.dataset.outcomes[1].high)
  }

  @Test(arguments: [
    (Simulation(setting: 7), "there is no setting 7"),
    (Simulation(setting: 1, rowCount: 3), "expected at least 10 rows, found 3"),
    (
      Simulation(setting: 1, rowCount: 10, predictorCount: .max),
      "10 rows of 9223372036854775807 predictors are more than 268435456 numbers"
    ),
    (Simulation(setting: 1, predictorCount: 20), "30 of 20 predictors cannot be important"),
    (
      Simulation(setting: 2, importantCount: 4),
      "4 important predictors do not make three equal blocks"
    ),
    (Simulation(setting: 3, flipProbability: 0.6), "labels cannot be flipped with 0.6"),
  ])
  func parametersOutOfRangeAreNamed(_ simulation: Simulation, _ message: String) throws {
    let error = try dataError { try simulation.replication(1) }
    #expect(error.code == "bad-simulation" && error.message == message && error.hint != nil)
  }

  @Test(arguments: 1...6)
  func responsesWithoutNoiseAreTheNoiselessOnes(_ setting: Int) throws {
    let simulation = Simulation(
      setting: setting, rowCount: 40, predictorCount: 6, importantCount: 6, flipProbability: 0,
      errors: .none, cubesSecondResponse: true)
    let data = try simulation.replication(1)
    #expect(data.dataset.outcomes.map(\.values) == data.truth.noiselessResponses)
  }
}
