import RankineLanguage

/// Ranks each outcome by a network whose shared first layer keeps the predictors that matter.
///
/// Every kind of outcome has the same loss, so that tasks need no weights and outliers no care: the
/// share of pairs of rows that the scores put in the wrong order, smoothed.
///
/// - Source: arXiv:2607.00995. Departures: scores in units of their standard deviation, symmetric
///   pairs, each task divided by its comparable pairs.
public struct DeepSmoothedRank: ModelDeclaration {
  /// Units of the shared layer.
  public var sharedWidth: Int = 64
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [32, 16]
  /// The activation of every hidden layer.
  public var activation: Activation = .silu
  /// How strongly features are removed.
  public var selection: Strength = .path(count: 8)
  /// The divisor of score differences.
  public var bandwidth: Bandwidth = .byOutcome
  /// How scores are scaled before they are compared.
  public var scores: ScoreScale = .unitSD
  /// Whom the rows of a batch are compared with.
  public var partners: PairPartners = .previousEpoch

  public init() {}

  public var model: Model {
    Model {
      network
      Objective { SmoothedRank(bandwidth: bandwidth, scores: scores, partners: partners) }
    }
  }
}

extension DeepSmoothedRank: SharedLayerModel {
  public static var ownHyperparameters: [Hyperparameter<DeepSmoothedRank>] {
    [
      Hyperparameter("bandwidth", "The divisor of score differences", \.bandwidth),
      Hyperparameter("scores", "How scores are scaled before they are compared", \.scores),
      Hyperparameter("partners", "Whom the rows of a batch are compared with", \.partners),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "deep-smoothed-rank",
    summary: "one smoothed rank loss for outcomes of every kind, with shared feature selection",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   W the first layer's weight, j a feature
      Lₖ = −(1/Nₖ) Σᵢⱼ [yᵢₖ > yⱼₖ] σ((fₖ(xᵢ) − fₖ(xⱼ))/sₖ),   Nₖ the comparable pairs of task k
      fₖ(x) = MLPₖ(silu(W x + b)),   sₖ = 0.5 (binary) or 0.3 standard deviations of the scores
      """,
    source: "Li, Wang, Zhang & Ma, arXiv:2607.00995, the smoothed criterion and algorithm 1; "
      + "departures: scores in units of their standard deviation, symmetric pairs, division by "
      + "comparable pairs")
}
