import RankineSupport
import Testing

@testable import RankineSparse

@Suite struct RidgeTests {
  @Test func aTridiagonalFormSolvesEveryShift() {
    var random = CounterRandom(seed: 3, named: "tridiagonal")
    for count in [1, 2, 3, 7] {
      let factor = (0..<count).map { _ in (0..<count).map { _ in random.normal() } }
      let rows = factor.map { a in factor.map { dot(a, $0) } }
      let form = TridiagonalForm(rows)
      let x = (0..<count).map { _ in random.normal() }
      for shift in [0.5, 3] {
        let solution = form.solve(x, shift: shift)
        for i in 0..<count {
          #expect(isClose(dot(rows[i], solution) + shift * solution[i], x[i], within: 1e-10))
        }
      }
    }
  }

  @Test func aDiagonalMatrixAndOneWithEqualColumnsAreSolvedToo() {
    #expect(
      TridiagonalForm([[2, 0, 0], [0, 4, 0], [0, 0, 6]]).solve([4, 10, 14], shift: 1)
        == [4.0 / 3, 2, 2])
    let ones = TridiagonalForm([[1, 1, 1], [1, 1, 1], [1, 1, 1]]).solve([4, 4, 4], shift: 1)
    for value in ones { #expect(isClose(value, 1, within: 1e-12)) }
  }

  /// Few and many features, designs shared and own, one loss or both.
  @Test(arguments: [(4, 20, true), (4, 20, false), (30, 12, true), (30, 12, false)])
  func theSlopeOfTheObjectiveVanishes(_ features: Int, _ rows: Int, _ isShared: Bool) throws {
    for kind in [SparseTask.Kind.gaussian, .logistic] {
      let problem = try RandomTasks(
        seed: 6, tasks: 3, features: features, rows: rows, noise: 1, sharesDesign: isShared,
        kind: kind
      ).problem()
      for similarity in [0, 0.7] {
        let settings = SparseSettings(
          supportSize: features, ridge: 0.05, coefficientSimilarity: similarity,
          supportSimilarity: 3)
        let fit = try SparseSolver(problem).fit(settings)
        let objective = Objective(problem: problem, settings: settings)
        let residuals = (0..<3).map { objective.residual($0, objective.predictor($0, fit.scaled)) }
        let slopes = ThresholdingSteps(objective, curvatures: [1, 1, 1])
          .gradients(fit.scaled, residuals)
        for slope in slopes.joined() { #expect(abs(slope) < 1e-8, "\(kind), \(similarity)") }
        // Intercepts too: they are not shrunk.
        for residual in residuals { #expect(abs(residual.reduce(0, +)) / Double(rows) < 1e-8) }
      }
    }
  }

  @Test func anEndlessPullToTheMeanMakesTasksEqualAndNoneLeavesThemApart() throws {
    let made = RandomTasks(seed: 2, tasks: 2, features: 5, rows: 15)
    let solver = SparseSolver(try made.problem(scaling: .asGiven))
    let tied = try solver.fit(
      SparseSettings(supportSize: 5, ridge: 0.1, coefficientSimilarity: 1e7))
    for (a, b) in zip(tied.tasks[0].coefficients, tied.tasks[1].coefficients) {
      #expect(isClose(a, b, within: 1e-5))
    }
    let apart = try solver.fit(SparseSettings(supportSize: 5, ridge: 0.1))
    for (k, task) in try made.made().enumerated() {
      let alone = try SparseSolver(SparseProblem([task], scaling: .asGiven)).fit(
        SparseSettings(supportSize: 5, ridge: 0.1))
      for (a, b) in zip(alone.tasks[0].coefficients, apart.tasks[k].coefficients) {
        #expect(isClose(a, b, within: 1e-10))
      }
    }
  }
}
