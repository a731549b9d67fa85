import Foundation
import RankineSupport

/// Both convex relaxations against the certified optimum: bounds, and what rounding finds.
///
/// p = 50, K = 4, s = s* = 5 of the first q features, correlations .5^|i − j|, standard normal values,
/// λ₁ = .05. The gap is that of the relaxation's bound to the certified upper bound.
public struct RelaxationExperiment: SparseExperiment {
  public static let name: String = "relaxation"
  public static let summary: String =
    "quadratic and envelope relaxation against the certified optimum"
  public static let axis: String = "λ_z"

  /// Rows, the features that supports are drawn from, and the tie of supports.
  public struct Point: SparseDesignPoint {
    let rows: Int
    /// q.
    let range: Int
    /// λ_z.
    let tie: Double

    private var panel: String { "n \(rows), s*/q 5/\(range)" }
    public var description: String { "\(panel), λ_z \(tie)" }
    public var place: SparseFigurePlace? { SparseFigurePlace(panel, at: tie) }
  }

  public static let points: [Point] = [50, 100].flatMap { rows in
    [5, 6, 8].flatMap { range in
      [0, 0.02, 0.05, 0.1].map { Point(rows: rows, range: range, tie: $0) }
    }
  }

  public init() {}

  public func run(
    _ point: Point, replication: Int, seed: UInt64
  ) throws -> [SparseMeasurement] {
    // The same data for all ties.
    var random = CounterRandom(
      seed: seed, named: "relaxation \(point.rows) \(point.range) \(replication)")
    var coefficients: [[Double]] = []
    for _ in 0..<4 {
      var own = Array(repeating: 0.0, count: 50)
      for j in random.permutation(point.range).prefix(5) {
        let value = random.normal()
        own[3 * j] = value + (value < 0 ? -0.3 : 0.3)
      }
      coefficients.append(own)
    }
    let simulation = try SparseSimulation(
      rows: point.rows, coefficients: coefficients, noise: [0.5, 0.5, 0.5, 0.5], correlation: 0.5,
      sharesRows: false, &random)
    let problem = try SparseProblem(simulation.training)
    let settings = SparseSettings(supportSize: 5, ridge: 0.05, supportSimilarity: point.tie)
    let contest = try SparseContest(simulation, supportSize: 5)
    let heuristic = try SparseSolver(problem).fit(settings)
    let (exact, certificate) = try ExactSolver(problem).solve(
      settings, gap: 0.01, limits: ExactSolver.Limits(nodes: 2000), from: heuristic)
    let best = certificate.upperBound
    var found: [(name: String, fit: SparseFit, bound: Double)] = [
      ("certified", exact, certificate.lowerBound), ("heuristic", heuristic, .nan),
    ]
    for pattern in ConvexRelaxation.Pattern.allCases {
      let solution = try ConvexRelaxation(problem).solve(settings, pattern)
      found.append((pattern.rawValue, solution.rounded, solution.bound))
    }
    return found.map { name, fit, bound in
      let recovery = SparseMetrics.recovery(
        fit.supports, truth: simulation.supports, features: 50)
      return SparseMeasurement(
        name,
        [
          ("bound gap %", 100 * (best - bound) / best),
          ("excess of F %", 100 * (fit.objective - best) / best),
          ("RMSE", contest.error(of: fit, on: simulation.test)), ("F1", recovery.f1),
        ])
    }
  }
}
