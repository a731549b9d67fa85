import RankineSupport

/// Supports that overlap more or less, with values that have little in common.
///
/// s* = 10 of the q first odd features are drawn for each task; b_kj = μ_j + u_kj with μ_j pushed out of
/// (−.2, .2) and u_kj ~ N(0, 50); noise variances from .5 to 2; p = 250, correlations .5^|i − j|, the same
/// rows for all tasks. Strengths are chosen on as many validation rows as training rows, at s = 10.
///
/// - Source: arXiv:2212.08697, its main simulation, with a validation part in the place of 10 folds.
public struct OverlapExperiment: SparseExperiment {
  public static let name: String = "overlap"
  public static let summary: String =
    "overlapping supports of unlike values: error and F1 over s*/q, K and n"

  public init() {}

  public func run(replication: Int, seed: UInt64) throws -> [SparseMeasurement] {
    var results: [SparseMeasurement] = []
    for tasks in [2, 4] {
      for rows in [50, 100] {
        for range in [10, 12, 16, 20] {
          var random = CounterRandom(
            seed: seed, named: "overlap \(tasks) \(rows) \(range) \(replication)")
          let contest = try SparseContest(
            simulation(tasks, rows, range, &random), supportSize: 10)
          let methods =
            try contest.methods() + [
              ("group lasso", contest.lasso(groupShares: [1])),
              ("sparse group lasso", contest.lasso(groupShares: [0.2, 0.5, 0.8])),
            ]
          results += contest.measured("K \(tasks), n \(rows), s*/q 10/\(range)", methods)
        }
      }
    }
    return results
  }

  private func simulation(
    _ tasks: Int, _ rows: Int, _ range: Int, _ random: inout CounterRandom
  ) throws(SparseError) -> SparseSimulation {
    let features = 250
    let means = (0..<features).map { _ -> Double in
      let value = random.uniform() - 0.5
      return abs(value) < 0.2 ? value + (value < 0 ? -0.2 : 0.2) : value
    }
    var coefficients: [[Double]] = []
    for _ in 0..<tasks {
      var own = Array(repeating: 0.0, count: features)
      for place in random.permutation(range).prefix(10) {
        // Odd features counted from 1.
        own[2 * place] = means[2 * place] + 50.0.squareRoot() * random.normal()
      }
      coefficients.append(own)
    }
    let noise = (0..<tasks).map { _ in (0.5 + 1.5 * random.uniform()).squareRoot() }
    return try SparseSimulation(
      rows: rows, coefficients: coefficients, noise: noise, correlation: 0.5, sharesRows: true,
      &random)
  }
}
