import RankineGraph

/// Drops, unit by unit of the shared representation, the gradients of one sign, at random and the more
/// likely the fewer they are.
///
/// With h the shared representation and dₖ the sum over the batch of sign(h) ∂Lₖ/∂h, one number a unit:
///
///     P = ½ (1 + Σₖ dₖ / Σₖ |dₖ|),   U uniform on [0, 1)
///     mₖ = 1 where dₖ > 0 and P > U, or dₖ < 0 and P < U, else 0
///     slope at h = Σₖ (leak + (1 − leak) mₖ) ∂Lₖ/∂h
///
/// The tasks' own parameters get their own gradients.
///
/// - Cost: one backward pass through the shared layers.
/// - Source: Chen et al., NeurIPS 2020, arXiv:2010.06808, algorithm 1; one leak for all tasks.
public struct GradDrop: Balancing {
  /// The share of a dropped gradient that is kept.
  public var leak: Double

  /// - Parameter leak: the share of a dropped gradient that is kept, from 0 to 1.
  public init(leak: Double = 0) {
    self.leak = leak
  }

  public var summary: String { "GradDrop(leak: \(leak))" }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessFraction(leak, "leak", of: "GradDrop")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let slopes = scope.representationGradients()
    let h = scope.representation
    let width = h.shape[h.shape.rank - 1]
    let d = (sign(h) * slopes).sum(over: [1])
    let mask = Self.mask(d, draws: scope.uniform([width]))
    let kept: Tensor = leak + (1 - leak) * mask
    scope.record(weights: kept.mean(over: [1]))
    let slope = (kept.reshaped(to: [d.shape[0], 1, width]) * slopes).sum(over: [0])
    return scope.total(of: losses.sum(), sharingAtRepresentation: slope)
  }

  /// 1 where a task's gradient of a unit is kept [tasks, units].
  ///
  /// - Parameters:
  ///   - d: the signed gradients [tasks, units].
  ///   - draws: U [units].
  static func mask(_ d: Tensor, draws: Tensor) -> Tensor {
    let zero = d.graph.constant(0)
    let size = abs(d).sum(over: [0])
    let isAny: Tensor = greater(size, zero)
    let purity: Tensor = 0.5 * (1 + d.sum(over: [0]) / select(isAny, size, size.zeros + 1))
    let risers: Tensor = greater(d, zero) * greater(purity, draws)
    let fallers: Tensor = greater(zero, d) * greater(draws, purity)
    return risers + fallers
  }
}
