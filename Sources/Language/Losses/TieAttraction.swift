import RankineData
import RankineGraph

/// Draws the scores of rows with equal outcomes together: beside a rank loss, for levels.
///
///     L = −c/|batch| · Σᵢ Σⱼ [yᵢ = yⱼ] 4 σ′((fᵢ − gⱼ)/s),   σ′ = σ(1 − σ)
///
/// with c = n/(the number of comparable pairs), as the rank loss divides. A pair with equal scores adds
/// its largest value, 1. It takes its share of the objective by a number below 1:
/// `TieAttraction().weighted(by: 0.1)`. A row is a pair with its own stored score too.
///
/// - Units: none.
/// - Source: arXiv:2607.00995, the pairs of its extensions.
public struct TieAttraction: Loss {
  /// s, in units of the scores' standard deviation.
  public let bandwidth: Bandwidth
  public let site: Site

  /// The loss for ordinal outcomes and counts.
  public init(
    bandwidth: Bandwidth = .byOutcome, file: String = #fileID, line: Int = #line
  ) {
    self.bandwidth = bandwidth
    self.site = Site(file: file, line: line)
  }

  public var name: String { "TieAttraction" }
  public var summary: String { "TieAttraction(bandwidth: \(bandwidth))" }
  public var scales: Set<OutcomeScale> { [.ordinal, .count] }

  public func validate() throws(Misuse) {
    if case .fixed(let value) = bandwidth {
      try Misuse.unlessPositive(value, "bandwidth", of: name)
    }
  }

  public func values(on batch: TaskBatch) -> Tensor {
    let count: Dimension = .fixed(batch.tasks.count)
    let sigma = batch.numbers { bandwidth.value(for: $0.scale) }
    let scale: Tensor = batch.perTask(LeafName.spread) / sigma
    let perTask: Tensor = scale.broadcast(to: [count]).reshaped(to: [count, 1])
    let pair = Graph()
    let row = ["rowScore", "rowKey"].map { pair.input($0, .scalar) }
    let column = ["columnScore", "columnKey"].map { pair.input($0, .scalar) }
    let agreement: Tensor = sigmoid(row[0] - column[0])
    let body: Tensor = equal(row[1], column[1]) * (4 * agreement * (1 - agreement))
    let sum = pairReduce(
      of: body, .all, rows: row, columns: column, scalars: [],
      over: PairOperands(
        rows: [batch.scores * perTask, batch.perRow(LeafName.high)],
        columns: [batch.perSample(LeafName.stored) * perTask, batch.perSample(LeafName.high)],
        scalars: []))
    return -2 * batch.perTask(LeafName.pairs) / batch.rowCount * sum
  }
}
