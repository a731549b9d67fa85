import RankineData
import RankineGraph

/// A pointwise loss whose targets are the normal scores of the outcomes' ranks among the training rows.
///
///     yᵢ ← Φ⁻¹((rᵢ − ½)/n),   r the rank among the n training rows that have the outcome
///
/// Equal outcomes have their mean rank. Targets so made do not change under increasing
/// transformations of the outcome, like a loss of order. Censored outcomes have no rank; the partial
/// likelihood of Cox already depends on the order of times alone.
///
/// - Source: van der Waerden, Indagationes Mathematicae 14 (1952), in the form of Hazen's quantiles.
public struct NormalScoreLoss: Loss {
  let base: any Loss
  public let site: Site

  public var name: String { base.name }
  public var scales: Set<OutcomeScale> {
    base.scales.intersection([.continuous, .binary, .ordinal, .count])
  }
  public var summary: String { "\(base.summary).onNormalScores()" }

  public func validate() throws(Misuse) {
    try base.validate()
    guard !scales.isEmpty else {
      throw Misuse(
        "no-normal-scores", "\(name) does not read targets that could be ranked",
        hint: "put normal scores under a loss of residuals, for example Huber()")
    }
  }

  public func values(on batch: TaskBatch) -> Tensor {
    var ranked = batch
    ranked.targetLeaf = LeafName.normalScores
    return base.values(on: ranked)
  }
}

extension Loss {
  /// The same loss with the outcome replaced by the normal scores of its ranks.
  public func onNormalScores(file: String = #fileID, line: Int = #line) -> NormalScoreLoss {
    NormalScoreLoss(base: self, site: Site(file: file, line: line))
  }
}
