import RankineData
import RankineGraph

/// Makes scores rank like outcomes: the negative share of ordered pairs that the scores put in order,
/// with a sigmoid in place of the step.
///
///     L = −c/|batch| · Σᵢ Σⱼ ( [yᵢ > yⱼ] σ((fᵢ − gⱼ)/s) + [yⱼ > yᵢ] σ((gⱼ − fᵢ)/s) )
///
/// It depends on the outcomes' order alone, so any increasing transformation of them leaves the fit
/// as it is. Ties and pairs that censoring leaves undecided have no part in it.
///
/// - Units: none; with `.comparablePairs` between −1 (all in order) and 0.
/// - Source: arXiv:2607.00995; Song, Ma, Huang & Zhou, Biometrics 63 (2007) for the sigmoid. The
///   symmetric sum and the division by comparable pairs are departures.
public struct SmoothedRank: Loss {
  private let pairwise: PairwiseLoss

  /// - Parameters:
  ///   - bandwidth: s, in units of the scores after `scores` scaling.
  ///   - scores: how scores are scaled before they are compared.
  ///   - partners: whom the rows of a batch are compared with.
  ///   - pairing: from which end a pair is seen.
  ///   - normalization: what the sum over pairs is divided by.
  public init(
    bandwidth: Bandwidth = .byOutcome, scores: ScoreScale = .unitSD,
    partners: PairPartners = .previousEpoch, pairing: Pairing = .symmetric,
    normalization: PairNormalization = .comparablePairs, file: String = #fileID, line: Int = #line
  ) {
    pairwise = PairwiseLoss(
      name: "SmoothedRank", declaring: { "SmoothedRank(\($0))" }, bandwidth: bandwidth,
      scores: scores, partners: partners, pairing: pairing, normalization: normalization,
      direction: -1,
      site: Site(file: file, line: line)
    ) { high, low in sigmoid(high.score - low.score) }
  }

  public var name: String { pairwise.name }
  public var summary: String { pairwise.summary }
  public var scales: Set<OutcomeScale> { pairwise.scales }
  public var site: Site { pairwise.site }
  public func validate() throws(Misuse) { try pairwise.validate() }
  public func values(on batch: TaskBatch) -> Tensor { pairwise.values(on: batch) }
}
