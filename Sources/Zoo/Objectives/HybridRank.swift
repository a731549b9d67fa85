import RankineLanguage

/// The rank loss with a share of each outcome's likelihood on a monotone head.
///
/// - Source: the efficiency extension of arXiv:2607.00995.
public struct HybridRank: ModelDeclaration {
  /// Units of the shared layer.
  public var sharedWidth: Int = 64
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [32, 16]
  /// The activation of every hidden layer.
  public var activation: Activation = .silu
  /// How strongly features are removed.
  public var selection: Strength = .path(count: 8)
  /// The share of the likelihoods, from 0 to 1.
  public var likelihoodShare: Double = 0.2
  /// The residual from which on Huber's loss is linear.
  public var delta: Double = 1.345

  public init() {}

  public var model: Model {
    Model {
      network
      Objective {
        Hybrid(likelihoodShare: likelihoodShare) {
          Huber(delta: delta).on(.continuous)
          CrossEntropy()
          OrdinalLogit()
          PoissonLoss()
          CoxPartialLikelihood()
        }
      }
    }
  }
}

extension HybridRank: SharedLayerModel {
  public static var ownHyperparameters: [Hyperparameter<HybridRank>] {
    [
      Hyperparameter(
        "likelihoodShare", "The share of the likelihoods, from 0 to 1", \.likelihoodShare),
      Hyperparameter("delta", "The residual from which on Huber's loss is linear", \.delta),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "hybrid",
    summary: "the rank loss with a share of each outcome's likelihood on a monotone head",
    formula: """
      minimize  Σₖ (1 − ρ) Lₖ + ρ ℓₖ(aₖ + e^bₖ fₖ) + λ Σⱼ ‖W[:, j]‖₂,   ρ = likelihoodShare
      Lₖ, fₖ and W as in deep-smoothed-rank;  ℓₖ the loss of Huber (continuous, in MADs),
      cross-entropy (binary), ordinal logit, Poisson (count), partial likelihood of Cox (censored)
      """,
    source: "Li, Wang, Zhang & Ma, arXiv:2607.00995, an extension that it names")
}
