import RankineSupport

/// Heuristic and exact solver against the best of all supports: p = 8, K = 3, s = 3, 20 rows, one problem a
/// replication and kind.
public struct EnumerationExperiment: SparseExperiment {
  public static let name: String = "enumeration"
  public static let summary: String =
    "heuristic and exact solver against all supports of small problems"

  /// How strongly supports are tied.
  public struct Point: SparseDesignPoint {
    /// λ_z.
    let tie: Double

    public var description: String { "λ_z \(tie)" }
  }

  public static let points: [Point] = [0, 0.02, 0.1, 0.5].map(Point.init)

  public init() {}

  public func run(
    _ point: Point, replication: Int, seed: UInt64
  ) throws -> [SparseMeasurement] {
    var random = CounterRandom(seed: seed, named: "enumeration \(point.tie) \(replication)")
    let problem = try Self.made(&random)
    let settings = SparseSettings(supportSize: 3, ridge: 0.01, supportSimilarity: point.tie)
    let best = SupportEnumeration(problem, settings).run().objective
    let (fit, certificate) = try ExactSolver(problem).solve(settings, gap: 1e-6)
    let tolerance = 2e-6 * best
    let holds =
      certificate.lowerBound <= best + tolerance && best <= certificate.upperBound + tolerance
    return [
      SparseMeasurement(
        "p 8, K 3, s 3",
        [
          ("heuristic is optimal", certificate.heuristicValue <= best + tolerance ? 1 : 0),
          ("exact is optimal", fit.objective <= best + tolerance ? 1 : 0),
          ("bounds hold", holds ? 1 : 0), ("nodes", Double(certificate.nodes)),
        ])
    ]
  }

  /// The tasks of one problem.
  static func made(_ random: inout CounterRandom) throws(SparseError) -> SparseProblem {
    var coefficients: [[Double]] = []
    for _ in 0..<3 {
      var own = Array(repeating: 0.0, count: 8)
      for j in random.permutation(5).prefix(3) { own[j] = random.normal() }
      coefficients.append(own)
    }
    return try SparseProblem(
      SparseSimulation(
        rows: 20, coefficients: coefficients, noise: [1, 1, 1], correlation: 0.3,
        sharesRows: false, &random
      ).training)
  }
}
