import RankineGraph

/// Projects each task's gradient on the directions along which no loss grows, and takes the mean.
///
/// With G the Gram matrix over its trace, and ε added to its diagonal:
///
///     v⁽ᵏ⁾ = argmin vᵀGv,  v ≥ eₖ,   a = (1/K) Σₖ v⁽ᵏ⁾,   direction Σₖ aₖ gₖ
///
/// where eₖ is the unit vector of task k. The tasks' own parameters get their own gradients. A trace
/// below 10⁻⁴ makes G 0 and a the mean.
///
/// - Cost: 2ᴷ linear systems of K equations, exact without iteration; at most ten tasks.
/// - Source: Quinton & Rey, 2024, "Jacobian descent for multi-objective optimization",
///   arXiv:2406.16232, section 3 (UPGrad).
public struct UPGrad: Balancing {
  /// The trace below which the gradients count as 0.
  public var leastTrace: Double
  /// ε: what is added to the diagonal of G.
  public var regularization: Double

  /// - Parameters:
  ///   - leastTrace: the trace below which the gradients count as 0, at least 0.
  ///   - regularization: what is added to the diagonal of G, above 0.
  public init(leastTrace: Double = 1e-4, regularization: Double = 1e-4) {
    (self.leastTrace, self.regularization) = (leastTrace, regularization)
  }

  public var summary: String {
    "UPGrad(leastTrace: \(leastTrace), regularization: \(regularization))"
  }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessNotNegative(leastTrace, "least trace", of: "UPGrad")
    try Misuse.unlessPositive(regularization, "regularization", of: "UPGrad")
  }

  public func validate(taskCount: Int) throws(Misuse) {
    try Misuse.unlessFew(taskCount, for: "UPGrad")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let gradients = scope.taskGradients()
    return scope.total(of: losses, sharing: gradients, times: coefficients(gradients.gram))
  }

  /// a [K] of a Gram matrix [K, K].
  func coefficients(_ gram: Tensor) -> Tensor {
    let graph = gram.graph, count = gram.shape[0].count ?? 1
    let trace = gram.diagonal.sum()
    let isLarge: Tensor = greater(trace, graph.constant(leastTrace))
    let relative: Tensor = isLarge * gram / select(isLarge, trace, trace.zeros + 1)
    let g: Tensor = relative + regularization * graph.identity(count)
    let search = SupportSearch(isActive: graph.constant(1).broadcast(to: [.fixed(count)]))
    let solved = (0..<count).map { solution(g, search, task: $0) }
    return solved.dropFirst().reduce(solved[0]) { $0 + $1 } / Double(count)
  }

  /// v⁽ᵏ⁾ [K]: tasks of a set are above their bounds, others at them.
  private func solution(_ g: Tensor, _ search: SupportSearch, task: Int) -> Tensor {
    let count = search.count, sets = search.members.shape[0]
    let isTask = search.graph.numbers(oneHot: task, of: count)
    let bound: Tensor = (1 - search.members) * isTask
    let right: Tensor = -matmul(bound, g)
    let free = search.solutions(g, right.reshaped(to: [sets, .fixed(count), 1]))
    let v: Tensor = free.reshaped(to: [sets, .fixed(count)]) + bound
    let isBelow: Tensor = greater(isTask, v)
    let values = (matmul(v, g) * v).sum(over: [1])
    return search.best(
      of: v, values: values, isFeasible: 1 - isBelow.largest(over: [1]))
  }
}
