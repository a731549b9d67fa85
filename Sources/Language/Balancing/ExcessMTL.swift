import RankineGraph

/// Weighs the tasks by how far they are from converged, estimated from their gradients.
///
/// With vₖ the running sum of gₖ², entry by entry:
///
///     eₖ = Σ gₖ²/√(vₖ + 10⁻⁷) over its first value,   wₖ ← wₖ e^(η eₖ), rescaled to the sum K
///
/// total = Σₖ wₖ Lₖ with w = 1 in the first step. A task's first value is that of the first step in
/// which it has a gradient.
///
/// - Cost: keeps K copies of the shared parameters.
/// - Source: He, Zhou, Zhang, Yin, Wang & Zhao, ICML 2024, arXiv:2402.02009, section 4 (ExcessMTL).
public struct ExcessMTL: Balancing {
  /// η: how fast the weights move.
  public var stepSize: Double

  /// - Parameter stepSize: how fast the weights move, above 0.
  public init(stepSize: Double = 1e-2) {
    self.stepSize = stepSize
  }

  public var summary: String { "ExcessMTL(stepSize: \(stepSize))" }
  public var sharedGradients: SharedGradients { .read }

  public func validate() throws(Misuse) {
    try Misuse.unlessPositive(stepSize, "step size", of: "ExcessMTL")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let risks = risks(scope.taskGradients(), in: scope)
    let (before, _) = scope.state("first", initial: 0) { select($0, $0, risks) }
    let relative: Tensor = risks / select(before, before, risks.zeros + 1)
    let (_, w) = scope.state("weights", initial: 1) { current in
      let moved: Tensor = select(before, current * exp(stepSize * relative), current)
      return moved * (Double(scope.tasks.count) / moved.sum())
    }
    scope.record(weights: w)
    return (w * losses).sum()
  }

  /// Σ g²/√(v + 10⁻⁷) [tasks].
  private func risks(_ gradients: TaskGradients, in scope: BalancingScope) -> Tensor {
    stack(
      gradients.parts.enumerated().map { task, parts in
        parts.enumerated().reduce(scope.graph.constant(0)) { sum, item in
          let power: Tensor = square(item.element)
          let (_, total) = scope.state(
            "power.\(task).\(item.offset)", power.shape, initial: 0
          ) { $0 + power }
          return sum + (power / sqrt(total + 1e-7)).sum()
        }
      })
  }
}
