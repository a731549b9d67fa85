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

  public init() {}

  /// How many of the seven features the tasks share, and what they do there.
  private static let points: [(name: String, shared: Int, second: Double?)] = [
    ("same supports, same values", 7, 1), ("same supports, opposite signs", 7, -1),
    ("same supports, unrelated values", 7, nil), ("4 of 7 shared, opposite signs", 4, -1),
    ("4 of 7 shared, unrelated values", 4, nil), ("disjoint supports", 0, 1),
  ]

  public func run(replication: Int, seed: UInt64) throws -> [SparseMeasurement] {
    try Self.points.flatMap { point in
      var random = CounterRandom(seed: seed, named: "heterogeneity \(point.name) \(replication)")
      // Even features counted from 1, in any order.
      let order = random.permutation(25).map { 2 * $0 + 1 }
      var coefficients = [[Double]](repeating: Array(repeating: 0, count: 50), count: 2)
      for place in 0..<7 {
        let isShared = place < point.shared
        let first = point.second == nil ? 2 * random.normal() : 1
        coefficients[0][order[place]] = first
        let second = order[isShared ? place : place + 7]
        coefficients[1][second] = point.second.map { $0 * first } ?? 2 * random.normal()
      }
      let simulation = try SparseSimulation(
        rows: 25, coefficients: coefficients, noise: [1, 1], correlation: 0.5, sharesRows: false,
        &random)
      let contest = try SparseContest(simulation, supportSize: 7)
      return contest.measured(point.name, try contest.methods())
    }
  }
}
