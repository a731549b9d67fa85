import RankineData
import RankineGraph

/// A loss that sees an increasing line of the score in its place, so that the score itself may have any
/// scale and still be the one that ranks.
///
///     L(f) = base(a + e^b f),   a and b one learned number a task, 0 at first
///
/// For likelihoods beside a loss of order, which leaves the scores' scale open.
public struct MonotoneHeadLoss: Loss {
  let base: any Loss
  public let site: Site

  public var name: String { base.name }
  public var scales: Set<OutcomeScale> { base.scales }
  public var summary: String { "\(base.summary).onMonotoneHead()" }
  public func validate() throws(Misuse) { try base.validate() }

  public func values(on batch: TaskBatch) -> Tensor {
    let perTask: Shape = [.fixed(batch.tasks.count), 1]
    let intercept = batch.parameter("intercept", initial: 0).reshaped(to: perTask)
    let slope: Tensor = exp(batch.parameter("logSlope", initial: 0)).reshaped(to: perTask)
    return base.values(on: batch.replacing(scores: intercept + slope * batch.scores))
  }
}

extension Loss {
  /// The same loss of a + e^b·score, with a and b learned for each task.
  public func onMonotoneHead(file: String = #fileID, line: Int = #line) -> MonotoneHeadLoss {
    MonotoneHeadLoss(base: self, site: Site(file: file, line: line))
  }
}
