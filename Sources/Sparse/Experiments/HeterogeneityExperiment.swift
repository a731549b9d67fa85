import RankineSupport

/// Where each kind of sharing helps and where it hurts: supports that are equal, partly shared or
/// disjoint, and values that agree, differ in sign or are unrelated.
///
/// K = 2, n = 25, p = 50, correlations .5^|i − j|, 7 features a task, noise variance 1.
///
/// - Source: the introductory example of arXiv:2212.08697, with its conditions varied.
public struct HeterogeneityExperiment: SparseExperiment {
  public static let name: String = "heterogeneity"
  public static let summary: String =
    "supports equal, shared or disjoint, values alike or opposite: who is hurt by what"

  /// How many of the seven features the tasks share, and what the second one's values are there.
  public struct Point: SparseDesignPoint {
    public let description: String
    let shared: Int
    /// By what the first task's values are multiplied; nil for values of its own.
    let factor: Double?
  }

  public static let points: [Point] = [
    Point(description: "same supports, same values", shared: 7, factor: 1),
    Point(description: "same supports, opposite signs", shared: 7, factor: -1),
    Point(description: "same supports, unrelated values", shared: 7, factor: nil),
    Point(description: "4 of 7 shared, opposite signs", shared: 4, factor: -1),
    Point(description: "4 of 7 shared, unrelated values", shared: 4, factor: nil),
    Point(description: "disjoint supports", shared: 0, factor: 1),
  ]

  public init() {}

  public func run(
    _ point: Point, replication: Int, seed: UInt64
  ) throws -> [SparseMeasurement] {
    var random = CounterRandom(seed: seed, named: "heterogeneity \(point) \(replication)")
    // Even features counted from 1, in any order.
    let order = random.permutation(25).map { 2 * $0 + 1 }
    var coefficients = [[Double]](repeating: Array(repeating: 0, count: 50), count: 2)
    for place in 0..<7 {
      let first = point.factor == nil ? 2 * random.normal() : 1
      coefficients[0][order[place]] = first
      let second = order[place < point.shared ? place : place + 7]
      coefficients[1][second] = point.factor.map { $0 * first } ?? 2 * random.normal()
    }
    let simulation = try SparseSimulation(
      rows: 25, coefficients: coefficients, noise: [1, 1], correlation: 0.5, sharesRows: false,
      &random)
    let contest = try SparseContest(simulation, supportSize: 7)
    return contest.measured(try contest.methods())
  }
}
