import Testing

@testable import RankineData

struct SourceSimulationTests {
  private func small(_ scenario: SourceSimulation.Scenario) -> SourceSimulation {
    var simulation = SourceSimulation(scenario, seed: 4)
    simulation.trainingCounts = [12, 16, 20]
    simulation.validationCount = 8
    simulation.testCount = 10
    return simulation
  }

  @Test func everyTaskHasItsRowsInEveryPart() throws {
    let data = try small(.both).replication(1)
    #expect(data.dataset.outcomes.map(\.name) == ["y.1", "y.2", "y.3"])
    #expect(data.dataset.outcomes.map(\.observedRows.count) == [30, 34, 38])
    #expect(data.parts.training.count == 48 && data.parts.test.count == 30)
    let all = data.parts.training + data.parts.validation + data.parts.test
    #expect(all.sorted() == Array(0..<102))
    #expect(data.dataset.featureColumns.count == 20)
  }

  @Test func scenariosDifferInTheirCoefficients() throws {
    let centre = [2, -1.5, 1]
    #expect(try small(.homogeneous).replication(2).coefficients == [centre, centre, centre])
    #expect(try small(.distribution).replication(2).coefficients == [centre, centre, centre])
    let outlier = try small(.outlier).replication(2).coefficients
    #expect(outlier == [centre, centre, centre.map { -$0 }])
    for beta in try small(.posterior).replication(2).coefficients {
      let distance = zip(beta, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect(abs(distance - 2.25) < 1e-12)
    }
  }

  @Test func replicationsAreDrawnAnewAndAgainTheSame() throws {
    let simulation = small(.both)
    let first = try simulation.replication(1)
    #expect(try simulation.replication(1).signals == first.signals)
    #expect(try simulation.replication(2).signals != first.signals)
  }

  @Test func onlyOtherLawsMoveThePredictorsMeans() throws {
    var simulation = small(.homogeneous)
    simulation.testCount = 4000
    func largestMean(_ scenario: SourceSimulation.Scenario) throws -> Double {
      simulation.scenario = scenario
      let data = try simulation.replication(1)
      let rows = data.dataset.outcomes[0].observedRows
      return try data.dataset.featureColumns.map { name in
        let values = try data.dataset.table.column(name).numbers()
        return abs(rows.reduce(0) { $0 + values[$1] } / Double(rows.count))
      }.max() ?? 0
    }
    #expect(try largestMean(.homogeneous) < 0.08)
    #expect(try largestMean(.distribution) > 0.2)
  }

  @Test func aSimulationOfOneTaskIsRefused() throws {
    var simulation = small(.both)
    simulation.trainingCounts = [20]
    let error = try dataError { try simulation.replication(1) }
    #expect(
      error.description == """
        error[bad-simulation] in the simulation: the tasks have [20] training rows
          hint: give two tasks or more at least 2 rows each
        """)
  }
}
