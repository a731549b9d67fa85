import RankineSupport
import Testing

@testable import RankineSparse

@Suite struct LocalSearchTests {
  private static let settings = SparseSettings(
    supportSize: 3, ridge: 0.07, coefficientSimilarity: 0.4, supportSimilarity: 0.3)

  @Test func movesChangeTheObjectiveAsTheSearchSays() throws {
    let problem = try RandomTasks(seed: 3, tasks: 3, features: 7, rows: 15).problem()
    let objective = Objective(problem: problem, settings: Self.settings)
    let refitter = SupportRefit(objective: objective)
    let search = LocalSearch(refitter: refitter, memory: SolverMemory(problem))
    let supports = [[0, 1, 2], [1, 4, 5], [0, 4]]
    let b = refitter.run(supports, from: SparseCoefficients(tasks: 3, features: 7))
    let before = objective.value(b)
    for k in 0..<3 {
      let moves = try #require(search.taskMoves(k, b))
      var count = 0
      moves.forEach { move in
        var next = b
        next.values[k] = Array(repeating: 0, count: 7)
        refitter.refit(k, moves.support(after: move), &next)
        #expect(isClose(objective.value(next) - before, move.change, within: 1e-10))
        count += 1
      }
      // Deletions, swaps, and additions to the support that is not full.
      #expect(count == [3 + 3 * 4, 3 + 3 * 4, 2 + 2 * 5 + 5][k])
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
      let table = try #require(MoveTable(refitter, task: 0, at: b, SolverMemory(problem)[0]))
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
