import Foundation
import RankineSupport

/// The heuristic against certified optima: how often they are equal, and what the proof takes.
///
/// K = 5 tasks of 500 rows, correlations .4^|i − j|, 5 features a task of which 4 are common,
/// coefficients uniform on (0, 1) scaled to length 1, noise 40 or 20 dB below the signal; λ₁ = 10⁻³, a gap
/// of 1 %, at most a minute.
///
/// - Source: arXiv:2212.08697, its study of exact solutions.
public struct CertificateExperiment: SparseExperiment {
  public static let name: String = "certificate"
  public static let summary: String =
    "the heuristic against certified optima at p = 200, 500 and 2500"

  public init() {}

  public func run(replication: Int, seed: UInt64) throws -> [SparseMeasurement] {
    var results: [SparseMeasurement] = []
    for features in [200, 500, 2500] {
      for decibels in [40.0, 20] {
        var random = CounterRandom(
          seed: seed, named: "certificate \(features) \(decibels) \(replication)")
        let problem = try Self.problem(features: features, decibels: decibels, &random)
        for tie in [0, 0.05] {
          let settings = SparseSettings(supportSize: 5, ridge: 1e-3, supportSimilarity: tie)
          let (_, certificate) = try ExactSolver(problem).solve(
            settings, gap: 0.01, limits: ExactSolver.Limits(seconds: 60))
          results.append(
            SparseMeasurement(
              "p \(features), \(Int(decibels)) dB, λ_z \(tie)", "exact",
              [
                ("heuristic is optimal", certificate.heuristicIsOptimal ? 1 : 0),
                ("gap %", 100 * certificate.gap), ("nodes", Double(certificate.nodes)),
                ("cuts", Double(certificate.cuts)), ("seconds", certificate.seconds),
              ]))
        }
      }
    }
    return results
  }

  static func problem(
    features: Int, decibels: Double, _ random: inout CounterRandom
  ) throws(SparseError) -> SparseProblem {
    var tasks: [SparseTask] = []
    for k in 0..<5 {
      let design = SparseSimulation.design(
        rows: 500, features: features, correlation: 0.4, &random)
      var b = Array(repeating: 0.0, count: features)
      let support = (0..<4).map { 10 * $0 } + [40 + 10 * k]
      for j in support { b[j] = random.uniform() }
      let length = dot(b, b).squareRoot()
      var signal = Array(repeating: 0.0, count: 500)
      design.add(b.map { $0 / length }, columns: support, to: &signal)
      let noise = (0..<500).map { _ in random.normal() }
      let scale =
        (dot(signal, signal) / dot(noise, noise)).squareRoot() / pow(10, decibels / 20)
      tasks.append(
        try SparseTask(
          "task \(k + 1)", design: design, response: zip(signal, noise).map { $0 + scale * $1 }))
    }
    return try SparseProblem(tasks)
  }
}
