import RankineLanguage
import Testing

@testable import RankineTraining

/// Own and shared factors that are columns of the features, so that the fit is a least squares problem.
struct FactorLimitTests {
  private let slopes: [[Double]] = [[1, -2, 0.5], [1.5, -1, -1], [-1, 2, 2]]

  /// Columns of three features as factors that stay as they are.
  private func columns(_ chosen: [Int]) -> FrozenDense {
    FrozenDense(
      weight: chosen.flatMap { column in (0..<3).map { $0 == column ? 1.0 : 0 } },
      bias: chosen.map { _ in 0 })
  }

  /// αᵣ'(x₀) + βᵣ'(x₁, x₂) + bᵣ.
  private func model(_ strength: Double) -> Model {
    Model {
      Shared { columns([1, 2]) }
      EachTask {
        OwnEncoder { columns([0]) }
        FactorHead(integration: Centroid(.fixed(strength)))
      }
      Objective(balancing: SampleShares()) { SquaredError() }
      Rounds {
        Phase.rescaling
        Phase.proximalGradient(on: .coefficients, steps: 4000, tolerance: 0)
      }
    }
  }

  /// Intercept and slopes of each task's scores after one round.
  private func lines(_ problem: SourceProblem, strength: Double) throws -> [[Double]] {
    let trainer = try problem.trainer(model(strength))
    _ = try trainer.train(strength: 0, epochs: 1)
    let x = try (0..<3).map { try problem.dataset.table.column("x\($0)").numbers() }
    return try problem.scores(trainer).map { scores in
      leastSquares(scores.indices.map { row in [1] + x.map { $0[row] } }, scores)
    }
  }

  @Test func withoutAStrengthBothKindsOfFactorsAreEachTasksLeastSquares() throws {
    let problem = try SourceProblem(slopes: slopes, sizes: [20, 35, 50])
    for (task, found) in try lines(problem, strength: 0).enumerated() {
      let rows = problem.rows[task]
      let wanted = leastSquares(rows.map { [1] + $0.x }, rows.map(\.y))
      for (x, y) in zip(found, wanted) { #expect(abs(x - y) < 1e-6, "task \(task)") }
    }
  }

  /// Pooled least squares in which the first slope and the intercept are each task's own.
  @Test func aHugeStrengthPoolsSharedFactorsAndLeavesOwnOnes() throws {
    let problem = try SourceProblem(slopes: slopes, sizes: [20, 35, 50])
    var (design, response): ([[Double]], [Double]) = ([], [])
    for (task, rows) in problem.rows.enumerated() {
      for row in rows {
        var line = [Double](repeating: 0, count: 6) + row.x[1...]
        (line[2 * task], line[2 * task + 1]) = (1, row.x[0])
        design.append(line)
        response.append(row.y)
      }
    }
    let wanted = leastSquares(design, response)
    for (task, found) in try lines(problem, strength: 1e4).enumerated() {
      let expected = Array(wanted[(2 * task)..<(2 * task + 2)]) + wanted[6...]
      for (x, y) in zip(found, expected) { #expect(abs(x - y) < 1e-3, "task \(task)") }
    }
  }
}
