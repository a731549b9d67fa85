import RankineSupport

/// Supports that overlap more or less, with values that have little in common.
///
/// s* = 10 of the q first odd features are drawn for each task; b_kj = μ_j + u_kj with μ_j pushed out of
/// (−.2, .2) and u_kj ~ N(0, 50); noise variances from .5 to 2; p = 250, correlations .5^|i − j|, the same
/// rows for all tasks. Supports of s = 7, 10 and 13 are fitted; strengths are chosen by ten folds.
///
/// - Source: arXiv:2212.08697, its main simulation, with coarser grids of strengths.
public struct OverlapExperiment: SparseExperiment {
  public static let name: String = "overlap"
  public static let summary: String =
    "overlapping supports of unlike values: error and F1 over s*/q, K, n and s"
  public static let axis: String = "s*/q"

  /// What is simulated, and the size of the supports that are fitted.
  public struct Point: SparseDesignPoint {
    let tasks: Int
    let rows: Int
    let supportSize: Int
    /// q.
    let range: Int

    private var panel: String { "K \(tasks), n \(rows), s \(supportSize)" }
    public var description: String { "\(panel), s*/q 10/\(range)" }
    public var place: SparseFigurePlace? { SparseFigurePlace(panel, at: 10 / Double(range)) }
  }

  public static let points: [Point] = [2, 4].flatMap { tasks in
    [50, 100].flatMap { rows in
      [7, 10, 13].flatMap { size in
        [10, 12, 14, 16, 18, 20].map {
          Point(tasks: tasks, rows: rows, supportSize: size, range: $0)
        }
      }
    }
  }

  public init() {}

  public func run(
    _ point: Point, replication: Int, seed: UInt64
  ) throws -> [SparseMeasurement] {
    // The same data for all sizes of supports.
    var random = CounterRandom(
      seed: seed, named: "overlap \(point.tasks) \(point.rows) \(point.range) \(replication)")
    let simulation = try simulation(point, &random)
    let contest = try SparseContest(simulation, supportSize: point.supportSize, folds: 10)
    return contest.measured(
      try contest.methods() + [
        ("group lasso", contest.lasso(groupShares: [1])),
        ("sparse group lasso", contest.lasso(groupShares: [0.2, 0.5, 0.8])),
      ])
  }

  private func simulation(
    _ point: Point, _ random: inout CounterRandom
  ) throws(SparseError) -> SparseSimulation {
    let features = 250
    let means = (0..<features).map { _ -> Double in
      let value = random.uniform() - 0.5
      return abs(value) < 0.2 ? value + (value < 0 ? -0.2 : 0.2) : value
    }
    var coefficients: [[Double]] = []
    for _ in 0..<point.tasks {
      var own = Array(repeating: 0.0, count: features)
      for place in random.permutation(point.range).prefix(10) {
        // Odd features counted from 1.
        own[2 * place] = means[2 * place] + 50.0.squareRoot() * random.normal()
      }
      coefficients.append(own)
    }
    let noise = coefficients.map { _ in (0.5 + 1.5 * random.uniform()).squareRoot() }
    return try SparseSimulation(
      rows: point.rows, coefficients: coefficients, noise: noise, correlation: 0.5,
      sharesRows: true, &random)
  }
}
