import Testing

@testable import RankineSparse

@Suite struct LimitTests {
  @Test func withoutTiesTheTasksAreFittedApart() throws {
    let tasks = try RandomTasks(seed: 8).made()
    let settings = SparseSettings(supportSize: 3, ridge: 0.02)
    let together = try SparseSolver(SparseProblem(tasks)).fit(settings)
    let apart = try tasks.map { try SparseSolver(SparseProblem([$0])).fit(settings) }
    #expect(together.supports == apart.map { $0.supports[0] })
    let sum = apart.reduce(0) { $0 + $1.objective }
    #expect(isClose(together.objective, sum, within: 1e-10))
  }

  @Test func veryStrongTiesOfSupportsGiveTheCommonSupport() throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      let solver = SparseSolver(try RandomTasks(seed: seed).problem())
      let tied = try solver.fit(SparseSettings(supportSize: 3, supportSimilarity: 1e4))
      let common = try solver.fit(SparseSettings(supportSize: 3, sharing: .common))
      #expect(Set(tied.supports).count == 1)
      #expect(isClose(tied.objective, common.objective, within: 1e-8))
    }
  }

  @Test func veryStrongTiesOfCoefficientsMakeThemEqual() throws {
    let problem = try RandomTasks(seed: 2).problem(scaling: .asGiven)
    let fit = try SparseSolver(problem).fit(
      SparseSettings(supportSize: 8, coefficientSimilarity: 1e7))
    for task in fit.tasks {
      for (own, first) in zip(task.coefficients, fit.tasks[0].coefficients) {
        #expect(isClose(own, first, within: 1e-5))
      }
    }
  }

  @Test func supportsOfAllFeaturesGiveTheRidgeRegression() throws {
    let made = RandomTasks(seed: 6, tasks: 1, features: 4, rows: 12)
    let problem = try made.problem(scaling: .asGiven)
    let fit = try SparseSolver(problem).fit(
      SparseSettings(supportSize: 4, ridge: 0.3, supportSimilarity: 5))
    // The gradient X'(Xb − y)/n + λ₁ b vanishes.
    let task = try made.made()[0]
    let residuals = zip(task.response, fit.tasks[0].scores(of: task.design)).map { $0 - $1 }
    for j in 0..<4 {
      let slope = (0..<12).reduce(0) { $0 + task.design[$1, j] * residuals[$1] } / 12
      #expect(isClose(slope, 0.3 * fit.tasks[0].coefficients[j], within: 1e-10))
    }
  }

  @Test func anInterceptAndUnitsOfFeaturesDoNotChangeTheFit() throws {
    let tasks = try RandomTasks(seed: 9, tasks: 2).made()
    let moved = try tasks.map { task in
      try SparseTask(
        task.name,
        design: DesignMatrix(rowCount: 20, columnCount: 8) {
          10 * task.design[$0, $1] + Double($1)
        },
        response: task.response.map { $0 + 100 })
    }
    let settings = SparseSettings(supportSize: 2, supportSimilarity: 0.1)
    let fit = try SparseSolver(SparseProblem(tasks)).fit(settings)
    let shifted = try SparseSolver(SparseProblem(moved)).fit(settings)
    #expect(fit.supports == shifted.supports)
    for (task, (a, b)) in zip(tasks, zip(fit.tasks, shifted.tasks)) {
      let other = DesignMatrix(rowCount: 20, columnCount: 8) {
        10 * task.design[$0, $1] + Double($1)
      }
      for (x, y) in zip(a.scores(of: task.design), b.scores(of: other)) {
        #expect(isClose(x + 100, y, within: 1e-8))
      }
    }
  }

  @Test func aFeatureThatIsConstantInATaskIsNotUsedByIt() throws {
    let first = try RandomTasks(seed: 3, tasks: 1).made()[0]
    let flat = try SparseTask(
      "flat",
      design: DesignMatrix(rowCount: 20, columnCount: 8) { $1 == 0 ? 7 : first.design[$0, $1] },
      response: first.response)
    let fit = try SparseSolver(SparseProblem([first, flat])).fit(
      SparseSettings(supportSize: 8, supportSimilarity: 0))
    #expect(fit.tasks[1].coefficients[0] == 0)
    #expect(
      fit.tasks.allSatisfy { $0.coefficients.allSatisfy(\.isFinite) && $0.intercept.isFinite })
  }

  @Test func theOrderOfTasksDoesNotMatter() throws {
    let tasks = try RandomTasks(seed: 12, tasks: 3).made()
    let settings = SparseSettings(
      supportSize: 3, coefficientSimilarity: 0.1, supportSimilarity: 0.1)
    let fit = try SparseSolver(SparseProblem(tasks)).fit(settings)
    let turned = try SparseSolver(SparseProblem(tasks.reversed())).fit(settings)
    #expect(fit.supports == turned.supports.reversed())
    #expect(isClose(fit.objective, turned.objective, within: 1e-9))
  }
}
