import RankineSupport
import Testing

@testable import RankineSparse

@Suite struct SparseSolverTests {
  @Test func theToyTasksHaveTheSupportsAndValuesWorkedByHand() throws {
    let fit = try SparseSolver(Toy.problem()).fit(Toy.settings())
    #expect(fit.supports == [[0, 1], [0, 2]])
    #expect(isClose(fit.objective, 0.400967, within: 1e-6))
  }

  @Test func tiesOfSupportsChangeTheToySupportsAtTheKnownStrength() throws {
    let solver = SparseSolver(try Toy.problem())
    let below = try solver.fit(Toy.settings(lz: 2.29))
    #expect(below.supports == [[0, 1], [0, 2]])
    #expect(isClose(below.objective, 0.400967 + 2.29 / 2, within: 1e-6))
    let above = try solver.fit(Toy.settings(lz: 2.31))
    #expect(above.supports == [[0, 1], [0, 1]])
    #expect(isClose(above.objective, 1.551283, within: 1e-6))
    let expected = [[1.185835, -1.024505], [0.981881, 0.406533]]
    for (task, values) in zip(above.tasks, expected) {
      #expect(isClose(task.coefficients[0], values[0], within: 1e-6))
      #expect(isClose(task.coefficients[1], values[1], within: 1e-6))
    }
  }

  @Test func tiesOfCoefficientsGiveTheKnownToyCoefficients() throws {
    let fit = try SparseSolver(Toy.problem()).fit(Toy.settings(l2: 1))
    #expect(fit.supports == [[0, 1], [0, 2]])
    #expect(isClose(fit.objective, 0.873872, within: 1e-6))
    let expected = [[1.112332, -0.910960, 0, 0], [0.774551, 0, 0.814491, 0]]
    for (task, values) in zip(fit.tasks, expected) {
      for (found, value) in zip(task.coefficients, values) {
        #expect(isClose(found, value, within: 1e-6))
      }
    }
  }

  @Test(arguments: [SparseTask.Kind.gaussian, .logistic])
  func noStepRaisesTheObjective(_ kind: SparseTask.Kind) throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      let problem = try RandomTasks(seed: seed, features: 12, rows: 40, kind: kind).problem()
      for sharing in SparseSettings.Sharing.allCases {
        let settings = SparseSettings(
          supportSize: 3, sharing: sharing, ridge: 0.01,
          coefficientSimilarity: seed % 2 == 0 ? 0.3 : 0, supportSimilarity: 0.05)
        let fit = try SparseSolver(problem).fit(settings)
        #expect(fit.trace.count > 1)
        #expect(zip(fit.trace, fit.trace.dropFirst()).allSatisfy { $0 >= $1 - 1e-12 })
        #expect(fit.supports.allSatisfy { $0.count <= 3 })
        #expect(isClose(fit.trace.last ?? .nan, fit.objective, within: 1e-12))
      }
    }
  }

  @Test func theHeuristicEqualsEnumerationOnNearlyAllSmallProblems() throws {
    var equal = 0
    let count = 200
    for seed in 1...UInt64(count) {
      let problem = try RandomTasks(seed: seed, noise: 1).problem()
      let strength = [0, 0.02, 0.1, 0.5][Int(seed % 4)]
      let settings = SparseSettings(supportSize: 3, ridge: 0.01, supportSimilarity: strength)
      let best = SupportEnumeration(problem, settings).run()
      let fit = try SparseSolver(problem).fit(settings)
      #expect(fit.objective >= best.objective - 1e-9)
      if fit.objective <= best.objective + 1e-9 { equal += 1 }
    }
    #expect(Double(equal) >= 0.95 * Double(count), "\(equal) of \(count)")
  }
}
