import Foundation
import RankineSupport

/// The heuristic against certified optima: how often they are equal, and what the proof takes.
///
/// K = 5 tasks of 500 rows, correlations .4^|i − j|, 5 features a task of which 4 are common,
/// coefficients uniform on (0, 1) scaled to length 1, noise 40 or 20 dB below the signal; λ₁ = 10⁻³, a gap
/// of 1 %; a search ends after 5000 nodes or a minute.
///
/// - Source: arXiv:2212.08697, its study of exact solutions.
public struct CertificateExperiment: SparseExperiment {
  public static let name: String = "certificate"
  public static let summary: String =
    "the heuristic against certified optima at p = 200, 500 and 2500"

  /// A problem and the tie of its supports.
  public struct Point: SparseDesignPoint {
    let features: Int
    let decibels: Double
    /// λ_z.
    let tie: Double

    public var description: String { "p \(features), \(Int(decibels)) dB, λ_z \(tie)" }
  }

  public static let points: [Point] = [200, 500, 2500].flatMap { features in
    [40.0, 20].flatMap { decibels in
      [0, 0.05].map { Point(features: features, decibels: decibels, tie: $0) }
    }
  }

  public init() {}

  public func run(
    _ point: Point, replication: Int, seed: UInt64
  ) throws -> [SparseMeasurement] {
    // The same data for both ties.
    var random = CounterRandom(
      seed: seed, named: "certificate \(point.features) \(point.decibels) \(replication)")
    let problem = try Self.problem(
      features: point.features, decibels: point.decibels, &random)
    let settings = SparseSettings(supportSize: 5, ridge: 1e-3, supportSimilarity: point.tie)
    let (_, certificate) = try ExactSolver(problem).solve(
      settings, gap: 0.01, limits: ExactSolver.Limits(nodes: 5000, seconds: 60))
    return [
      SparseMeasurement(
        "exact",
        [
          ("certified", certificate.stop == .gap ? 1 : 0), ("gap %", 100 * certificate.gap),
          ("heuristic is optimal", certificate.heuristicIsOptimal ? 1 : 0),
          ("nodes", Double(certificate.nodes)), ("cuts", Double(certificate.cuts)),
          ("seconds", certificate.seconds),
        ])
    ]
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
