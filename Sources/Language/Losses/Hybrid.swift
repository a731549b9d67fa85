import RankineData
import RankineGraph

/// Mostly a loss of order, with a share of each outcome's likelihood on a monotone head.
///
///     L = (1 − ρ) · rank(f) + ρ · Σ likelihood(a + e^b f)
///
/// over the likelihoods that fit the task's scale, with a and b one learned number a task. The head
/// leaves the score the one that ranks; the likelihood adds what the sizes of outcomes tell. With ρ = 0
/// it is the loss of order alone, and nothing else is learned.
///
/// - Source: the efficiency extension of the deep smoothed rank model, arXiv:2607.00995.
public struct Hybrid: Loss {
  /// ρ.
  public let likelihoodShare: Double
  /// The loss of order.
  public let rank: any Loss
  /// The likelihoods; a task gets the sum of those that fit it.
  public let likelihoods: [any Loss]
  public let site: Site

  /// - Parameters:
  ///   - likelihoodShare: ρ, from 0 (order alone) to 1 (likelihoods alone).
  ///   - rank: the loss of order.
  ///   - likelihoods: pointwise losses for the scales that shall have one.
  public init(
    likelihoodShare: Double = 0, rank: any Loss = SmoothedRank(), file: String = #fileID,
    line: Int = #line, @LossBuilder _ likelihoods: () -> [any Loss]
  ) {
    self.likelihoodShare = likelihoodShare
    self.rank = rank
    self.likelihoods = likelihoods()
    self.site = Site(file: file, line: line)
  }

  public var name: String { "Hybrid" }
  public var scales: Set<OutcomeScale> {
    likelihoodShare < 1
      ? rank.scales : likelihoods.reduce(into: []) { $0.formUnion($1.scales) }
  }
  public var summary: String {
    "Hybrid(likelihoodShare: \(likelihoodShare), rank: \(rank.summary)) "
      + "{ \(likelihoods.map(\.summary).joined(separator: "; ")) }"
  }

  public func validate() throws(Misuse) {
    guard likelihoodShare >= 0, likelihoodShare <= 1 else {
      throw Misuse(
        "bad-hyperparameter", "the likelihood share of Hybrid is \(likelihoodShare)",
        hint: "give a number from 0 (order alone) to 1 (likelihoods alone)")
    }
    try rank.validate()
    for likelihood in likelihoods { try likelihood.validate() }
  }

  public func values(on batch: TaskBatch) -> Tensor {
    var sum: Tensor = batch.graph.constant(0).broadcast(to: [.fixed(batch.tasks.count)])
    if likelihoodShare < 1 { sum = (1 - likelihoodShare) * rank.values(on: batch) }
    guard likelihoodShare > 0 else { return sum }
    for (index, likelihood) in likelihoods.enumerated() {
      let fitting = batch.tasks.indices.filter {
        likelihood.scales.contains(batch.tasks[$0].scale)
      }
      guard !fitting.isEmpty else { continue }
      let values = likelihood.onMonotoneHead().values(on: batch.part(fitting, of: index))
      sum = sum + likelihoodShare * values.placed(at: fitting, of: batch.tasks.count)
    }
    return sum
  }
}
