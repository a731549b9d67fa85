import RankineData
import RankineGraph

/// The negative log-likelihood of an ordered level under proportional odds, with learned thresholds.
///
/// With levels 0, …, M − 1 and thresholds θ₁ < … < θ_{M−1} of the task (θ₀ = −∞, θ_M = ∞):
///
///     P(y < m) = σ(θₘ − f),   ℓ(f, y) = −log( σ(θ_{y+1} − f) − σ(θ_y − f) )
///     θ₁ = c − (M − 2)/2,   θ_{m+1} = θₘ + softplus(dₘ),   c and d trained with the network
///
/// It is computed as softplus(f − θ_{y+1}) + softplus(θ_y − f) + softplus(−d_y), each term where the level
/// has that threshold, which neither cancels nor overflows. The first thresholds are 1 apart.
///
/// - Shapes: d is [tasks, M − 2] for the largest M of its tasks, c is [tasks].
/// - Units: nats.
/// - Source: McCullagh, JRSS B 42 (1980), section 2.
public struct OrdinalLogit: Loss {
  public let site: Site

  /// The loss for ordinal outcomes.
  public init(file: String = #fileID, line: Int = #line) {
    self.site = Site(file: file, line: line)
  }

  public var name: String { "OrdinalLogit" }
  public var summary: String { "OrdinalLogit()" }
  public var scales: Set<OutcomeScale> { [.ordinal] }

  /// d at which softplus(d) = 1.
  private static let unitGap = 0.541_324_854_612_918_1

  public func values(on batch: TaskBatch) -> Tensor {
    let levels = batch.tasks.map { max(2, $0.levelCount) }
    let (graph, count, most) = (batch.graph, batch.tasks.count, levels.max() ?? 2)
    let center = batch.parameter("center", initial: 0)
    let gaps =
      most > 2 ? batch.parameter("gaps", width: most - 2, initial: Self.unitGap) : nil
    let first: Tensor = center - graph.numbers(levels.map { Double($0 - 2) / 2 })
    let perTask: Shape = [.fixed(count), 1]

    var threshold = first.broadcast(to: [.fixed(count)]).reshaped(to: perTask)
    var sum: Tensor = batch.scores.zeros
    for level in 1..<most {
      // A task with fewer levels has no such threshold.
      let exists = graph.numbers(levels.map { level < $0 ? 1 : 0 })
        .broadcast(to: [.fixed(count)]).reshaped(to: perTask)
      let isBelow: Tensor = exists * equal(batch.target, graph.constant(Double(level - 1)))
      let isAbove: Tensor = equal(batch.target, graph.constant(Double(level)))
      let distance: Tensor = batch.scores - threshold
      sum = sum + isBelow * softplus(distance) + isAbove * softplus(-distance)
      guard let gaps, level < most - 1 else { continue }
      let gap = gaps.sliced(1, from: level - 1, count: 1)
      let isInner = graph.numbers(levels.map { level < $0 - 1 ? 1 : 0 })
        .broadcast(to: [.fixed(count)]).reshaped(to: perTask)
      sum = sum + isInner * isAbove * softplus(-gap)
      threshold = threshold + softplus(gap)
    }
    return batch.meanOverObserved(sum)
  }
}
