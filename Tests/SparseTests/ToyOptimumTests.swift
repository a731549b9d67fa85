import Testing

@testable import RankineSparse

/// What was worked out of the toy by hand, support by support.
@Suite struct ToyOptimumTests {
  /// Every support of two features with the objective of a task on it, the best first.
  private func ranking(of task: Int) throws -> [(support: [Int], objective: Double)] {
    let solver = SparseSolver(SparseProblem(try Toy.problem().tasks[task], features: 4))
    let supports = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]
    let fits = supports.map { ($0, solver.refit([$0], Toy.settings()).objective) }
    return fits.sorted { $0.1 < $1.1 }
  }

  @Test func eachTaskHasTheBestAndTheNextSupportThatAreKnown() throws {
    let first = try ranking(of: 0), second = try ranking(of: 1)
    #expect(first[0].support == [0, 1] && isClose(first[0].objective, 0.324753, within: 1e-6))
    #expect(first[1].support == [1, 2] && isClose(first[1].objective, 2.239799, within: 1e-6))
    #expect(second[0].support == [0, 2] && isClose(second[0].objective, 0.076214, within: 1e-6))
    #expect(second[1].support == [2, 3] && isClose(second[1].objective, 0.749468, within: 1e-6))
  }

  /// Own supports cost λ_z/2 more than a common one, whose F is 1.551283 − 0.400967 higher.
  @Test(arguments: [(2.3006, [[0, 1], [0, 2]]), (2.3007, [[0, 1], [0, 1]])])
  func supportsBecomeOneAtTheKnownStrength(_ strength: Double, _ supports: [[Int]]) throws {
    let fit = try SparseSolver(Toy.problem()).fit(Toy.settings(lz: strength))
    #expect(fit.supports == supports)
  }

  /// Slopes of the value of the first task at its best support, for coefficients of at most 1: those of
  /// features in use are 0, as the ridge holds their coefficients.
  @Test func slopesOfBoundedCoefficientsAreTheKnownOnes() throws {
    let problem = try Toy.problem()
    let task = problem.tasks[0]
    let fit = SparseSolver(problem).refit([[0, 1], [0, 1]], Toy.settings())
    let coefficients = fit.tasks[0].coefficients
    let residual = zip(task.response, fit.tasks[0].scores(of: task.design)).map { $0 - $1 }
    let slopes = (0..<4).map { j -> Double in
      let product = (0..<6).reduce(0) { $0 + task.design[$1, j] * residual[$1] } / 6
      return abs(product - 0.1 * coefficients[j])
    }
    for (found, wanted) in zip(slopes, [0, 0, 0.6331480, 0.3141652]) {
      #expect(isClose(found, wanted, within: 1e-6))
    }
  }
}
