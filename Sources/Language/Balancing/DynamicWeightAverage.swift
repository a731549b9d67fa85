import RankineGraph

/// Weighs each task by how slowly its loss fell over the last two epochs.
///
/// With L̄ₖ(e) the mean of the task's batch losses in epoch e:
///
///     rₖ = L̄ₖ(e − 1)/L̄ₖ(e − 2),   wₖ = K · softmax(rₖ/T),   total = Σₖ wₖ Lₖ
///
/// In the first two epochs all weights are 1. A task whose older mean is within 10⁻¹² of 0 has r = 1.
///
/// - Source: Liu, Johns & Davison, CVPR 2019, arXiv:1803.10704, section 3.3; T = 2 as there.
public struct DynamicWeightAverage: Balancing {
  /// T: the larger, the more alike the weights.
  public var temperature: Double

  /// - Parameter temperature: T, above 0.
  public init(temperature: Double = 2) {
    self.temperature = temperature
  }

  public var summary: String { "DynamicWeightAverage(temperature: \(temperature))" }

  public func validate() throws(Misuse) {
    try Misuse.unlessPositive(temperature, "temperature", of: "DynamicWeightAverage")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let (graph, count) = (scope.graph, scope.tasks.count)
    let epoch = graph.input(LeafName.epoch, .scalar).broadcast(to: [.fixed(count)])
    let (last, _) = scope.state("epoch", initial: 0) { _ in epoch }
    let isNewEpoch: Tensor = greater(epoch, last)
    let (sum, _) = scope.state("sum", initial: 0) { $0 * (1 - isNewEpoch) + losses }
    let (steps, _) = scope.state("steps", initial: 0) { $0 * (1 - isNewEpoch) + 1 }
    let mean: Tensor = sum / maximum(steps, 1)
    let (previous, recent) = scope.state("recentMean", initial: 0) { select(isNewEpoch, mean, $0) }
    let (_, older) = scope.state("olderMean", initial: 0) { select(isNewEpoch, previous, $0) }

    let isKnown: Tensor = greater(abs(older), graph.constant(1e-12))
    let one: Tensor = older.zeros + 1
    let ratio: Tensor = select(isKnown, recent / select(isKnown, older, one), one)
    let logits: Tensor = ratio / temperature
    let softmax: Tensor = exp(logits - logits.logSumExp(over: 0))
    let isLate: Tensor = greater(epoch, graph.constant(1))
    let w: Tensor = select(isLate, Double(count) * softmax, one).detached
    scope.record(weights: w)
    return (w * losses).sum()
  }
}
