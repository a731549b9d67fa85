import RankineGraph

/// Draws each two tasks together by their distance, so that tasks form groups of equal coefficients.
///
///     P = Σ_{r<q} w_rq ‖βᵣ − β_q‖₂,   w_rq = √(vᵣ v_q) / (R − 1)
///
/// The proximal map is the dual's projected gradient: with D the differences of pairs,
///
///     z ← Π( z + D(u − D'z)/R ),   β = u − D'z,   Π onto ‖z_rq‖ ≤ t w_rq
///
/// where 1/R is 1/‖D‖². The dual rows z stand below those of the tasks, one a pair, so that a call starts
/// where the last one ended; one call alone makes 40 steps and is near the minimum, not at it.
///
/// - Source: Chi & Lange, J. Comput. Graph. Statist. 24 (2015), the alternating minimization algorithm
///   of convex clustering; `pairwise` of the reconstruction of arXiv:2505.24281.
public struct Pairwise: IntegrationPenalty {
  public let strength: Strength
  public let weighing: TaskWeighing
  private static let iterations = 40

  /// A penalty whose strength is chosen along a path by default.
  public init(_ strength: Strength = .path(count: 7), weighing: TaskWeighing = .bySize) {
    (self.strength, self.weighing) = (strength, weighing)
  }

  public var summary: String { "Pairwise(\(strength), weighing: .\(weighing.rawValue))" }

  public func auxiliaryRowCount(taskCount: Int) -> Int { taskCount * (taskCount - 1) / 2 }

  public func value(of rows: CoefficientRows) -> Tensor {
    guard rows.auxiliary != nil else { return rows.own.graph.constant(0) }
    let pairs = TaskPairs(rows)
    return (pairs.weights * rows.distances(of: matmul(pairs.differences, rows.own))).sum()
  }

  public func prox(
    _ rows: CoefficientRows, threshold: Tensor
  ) -> (own: Tensor, auxiliary: Tensor?) {
    guard var dual = rows.auxiliary else { return (rows.own, nil) }
    let pairs = TaskPairs(rows)
    let limits: Tensor = threshold * pairs.weights
    func primal(_ dual: Tensor) -> Tensor {
      rows.own - matmul(pairs.differences, dual, transposeA: true)
    }
    for _ in 0..<Self.iterations {
      let moved: Tensor =
        dual + matmul(pairs.differences, primal(dual)) / Double(rows.taskCount)
      dual = moved * minimum(limits / maximum(rows.distances(of: moved), 1e-12), 1)
    }
    return (primal(dual), dual)
  }
}

/// All pairs r < q of tasks.
private struct TaskPairs {
  /// D, row rq with 1 at r and −1 at q [pairs, tasks].
  let differences: Tensor
  /// w_rq [pairs, 1].
  let weights: Tensor

  init(_ rows: CoefficientRows) {
    let count = rows.taskCount
    let pairs = (0..<count).flatMap { r in (r + 1..<count).map { (r, $0) } }
    let graph = rows.own.graph
    differences = graph.matrix(
      pairs.map { r, q in (0..<count).map { $0 == r ? 1 : $0 == q ? -1 : 0 } })
    let members = graph.matrix(
      pairs.map { r, q in (0..<count).map { $0 == r || $0 == q ? 0.5 : 0 } })
    let logarithms: Tensor = matmul(members, log(maximum(rows.weights, 1e-12)))
    weights = exp(logarithms) / Double(max(1, count - 1))
  }
}
