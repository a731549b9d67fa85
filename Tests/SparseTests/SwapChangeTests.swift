import RankineSupport
import Testing

@testable import RankineSparse

@Suite struct SwapChangeTests {
  private static let settings = SparseSettings(
    supportSize: 3, ridge: 0.07, coefficientSimilarity: 0.4, supportSimilarity: 0.3)

  @Test func aSwapChangesTheObjectiveAsTheFormulaSays() throws {
    let problem = try RandomTasks(seed: 3, tasks: 3, features: 7, rows: 15).problem()
    let objective = Objective(problem: problem, settings: Self.settings)
    var random = CounterRandom(seed: 5, named: "swap")
    var b = SparseCoefficients(tasks: 3, features: 7)
    for (k, support) in [[0, 1, 2], [1, 4, 5], [0, 4]].enumerated() {
      for j in support { b.values[k][j] = random.normal() }
    }
    let before = objective.value(b)
    let memory = GramMemory(problem)
    for k in 0..<3 {
      let swap = SwapChange(objective, task: k, at: b)
      for i in b.support(k) {
        for j in 0..<7 where b.values[k][j] == 0 {
          let (change, value) = swap.change(
            dropping: i, adding: j, product: memory[k].column(i)[j])
          func changed(_ coefficient: Double) -> Double {
            var next = b
            (next.values[k][i], next.values[k][j]) = (0, coefficient)
            return objective.value(next) - before
          }
          #expect(isClose(changed(value), change, within: 1e-10))
          // No other coefficient is better.
          #expect(changed(value + 1e-3) > change && changed(value - 1e-3) > change)
        }
      }
    }
  }

  @Test func aRefittedMoveChangesTheObjectiveAsTheTableSays() throws {
    let problem = try RandomTasks(seed: 4, tasks: 2, features: 7, rows: 15).problem()
    for similarity in [0, 0.5] {
      var settings = Self.settings
      settings.coefficientSimilarity = similarity
      settings.supportSimilarity = 0
      let objective = Objective(problem: problem, settings: settings)
      let refitter = SupportRefit(objective: objective)
      var b = SparseCoefficients(tasks: 2, features: 7)
      (b.values[0][0], b.values[0][3], b.values[1][3]) = (0.5, -0.2, 0.4)
      let table = try #require(MoveTable(refitter, task: 0, at: b, GramMemory(problem)[0]))
      let before = objective.value(b)
      func change(_ support: [Int]) -> Double {
        var next = b
        next.values[0] = Array(repeating: 0, count: 7)
        refitter.refit(0, support, &next)
        return objective.value(next) - before
      }
      for (position, i) in [0, 3].enumerated() {
        let rest = [0, 3].filter { $0 != i }
        #expect(isClose(table.dropping(position), change(rest), within: 1e-10))
        for j in [1, 2, 4, 5, 6] {
          #expect(
            isClose(table.swapping(position, for: j), change((rest + [j]).sorted()), within: 1e-10))
        }
      }
      for j in [1, 2, 4, 5, 6] {
        #expect(isClose(table.adding(j), change(([0, 3] + [j]).sorted()), within: 1e-10))
      }
    }
  }
}
