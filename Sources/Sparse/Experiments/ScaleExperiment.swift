import Foundation
import RankineSupport

/// A path over the sizes of supports at p = 10,000, K = 8 and 200 rows a task.
public struct ScaleExperiment: SparseExperiment {
  public static let name: String = "scale"
  public static let summary: String = "the time of a path over s at p = 10,000, K = 8, n = 200"

  /// How strongly supports are tied.
  public struct Point: SparseDesignPoint {
    /// λ_z.
    let tie: Double

    public var description: String { "λ_z \(tie)" }
  }

  public static let points: [Point] = [0, 0.02].map(Point.init)

  public init() {}

  public func run(
    _ point: Point, replication: Int, seed: UInt64
  ) throws -> [SparseMeasurement] {
    var random = CounterRandom(seed: seed, named: "scale \(replication)")
    var coefficients: [[Double]] = []
    for _ in 0..<8 {
      var own = Array(repeating: 0.0, count: 10_000)
      for j in random.permutation(15).prefix(10) { own[600 * j] = 1 + random.normal() }
      coefficients.append(own)
    }
    let simulation = try SparseSimulation(
      rows: 200, coefficients: coefficients, noise: Array(repeating: 1, count: 8),
      correlation: 0.5, sharesRows: false, &random)
    let sizes = [25, 20, 15, 10, 5]
    let start = Date()
    let problem = try SparseProblem(simulation.training)
    let fits = try SparsePath(SparseSolver(problem)).run(
      sizes.map { SparseSettings(supportSize: $0, supportSimilarity: point.tie) })
    let seconds = Date().timeIntervalSince(start)
    let recovery = SparseMetrics.recovery(
      fits[3].supports, truth: simulation.supports, features: 10_000)
    return [
      SparseMeasurement(
        "s 25, 20, 15, 10, 5", [("seconds", seconds), ("F1 at s = 10", recovery.f1)])
    ]
  }
}
