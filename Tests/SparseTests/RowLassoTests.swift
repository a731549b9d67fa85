import Testing

@testable import RankineSparse

@Suite struct RowLassoTests {
  @Test func aPathBeginsWithoutFeaturesAndLetsInOneRow() throws {
    let problem = try RandomTasks(seed: 4, tasks: 2, features: 10, rows: 40).problem()
    let lasso = RowLasso(groupShare: 1)
    let strengths = lasso.strengths(problem)
    let fits = lasso.path(problem, strengths: [strengths[0], strengths[0] * 0.999])
    #expect(fits[0].supports == [[], []])
    #expect(Set(fits[1].supports).count == 1 && fits[1].supports[0].count == 1)
    let limited = lasso.path(problem, strengths: strengths, supportSize: 3)
    #expect(limited.allSatisfy { $0.supports.allSatisfy { $0.count <= 3 } })
    #expect(limited.count < strengths.count)
  }

  @Test(arguments: [0, 0.4, 1])
  func solutionsMeetTheConditionOfOptimality(_ share: Double) throws {
    // Designs of their own: rows whose curvatures differ between tasks.
    let problem = try RandomTasks(seed: 5, tasks: 3, features: 12, rows: 30).problem(
      scaling: .asGiven)
    var lasso = RowLasso(groupShare: share)
    lasso.precision = 1e-10
    let strength = lasso.strengths(problem)[12]
    let b = lasso.path(problem, strengths: [strength])[0].scaled
    let objective = Objective(problem: problem, settings: SparseSettings(supportSize: 12))
    let slopes = problem.tasks.indices.map { k in
      var slope = Array(repeating: 0.0, count: 12)
      problem.tasks[k].design.multiplyTransposed(
        objective.residual(k, objective.predictor(k, b)), columns: nil, into: &slope)
      return slope.map { $0 / 30 }
    }
    #expect(!b.union.isEmpty && b.union.count < 12)
    for j in 0..<12 {
      let row = b.values.map { $0[j] }
      // The prox of row + slope is the row where the row is the best one.
      var moved = zip(row, slopes).map { $0 + $1[j] }
      lasso.shrink(&moved, strength)
      for (a, b) in zip(row, moved) { #expect(isClose(a, b, within: 1e-8)) }
    }
  }

  @Test func orthonormalFeaturesGiveShrunkLeastSquares() throws {
    // X'X = n I: rows of X'y/n, (3, 4) and (.6, .8), shrunk by a group lasso of strength 2 to (1.8, 2.4) and 0.
    let signs = [[1.0, 1], [1, -1], [-1, 1], [-1, -1]]
    let design = DesignMatrix(rowCount: 4, columnCount: 2) { signs[$0][$1] }
    let tasks = try [[3.0, 0.6], [4, 0.8]].enumerated().map { k, b in
      try SparseTask(
        "\(k)", design: design, response: signs.map { b[0] * $0[0] + b[1] * $0[1] })
    }
    let problem = try SparseProblem(tasks, scaling: .asGiven)
    let lasso = RowLasso(groupShare: 1)
    #expect(isClose(lasso.strengths(problem)[0], 5, within: 1e-9))
    let fit = lasso.path(problem, strengths: [2])[0]
    #expect(isClose(fit.tasks[0].coefficients[0], 1.8, within: 1e-9))
    #expect(isClose(fit.tasks[1].coefficients[0], 2.4, within: 1e-9))
    #expect(fit.supports == [[0], [0]])
    // Half of Σ(b̂ − b)² over both features, and λ ‖b‖.
    #expect(isClose(fit.objective, 0.5 * (1.44 + 2.56 + 0.36 + 0.64) + 2 * 3, within: 1e-9))
  }

  @Test func theShrunkRowIsTheKnownOne() {
    // Strength 2, half of it on each part: limits 1 and 1.
    var row = [3.0, 4]
    RowLasso(groupShare: 0.5).shrink(&row, 2)
    #expect(isClose(row[0], 1.4452998, within: 1e-7) && isClose(row[1], 2.1679497, within: 1e-7))
  }
}
