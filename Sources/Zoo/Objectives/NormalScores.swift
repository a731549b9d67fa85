import RankineLanguage

/// Residuals of the normal scores of ranks: as blind to monotone transformations as the rank loss.
///
/// - Source: van der Waerden, Indagationes Mathematicae 14 (1952), for the scores.
public struct NormalScores: ModelDeclaration {
  /// Units of the shared layer.
  public var sharedWidth: Int = 64
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [32, 16]
  /// The activation of every hidden layer.
  public var activation: Activation = .silu
  /// How strongly features are removed.
  public var selection: Strength = .path(count: 8)
  /// The residual from which on Huber's loss is linear.
  public var delta: Double = 1.345

  public init() {}

  public var model: Model {
    Model {
      network
      Objective {
        Huber(delta: delta).onNormalScores().on(.continuous, .ordinal, .count)
        CrossEntropy().on(.binary)
        CoxPartialLikelihood().on(.censored)
      }
    }
  }
}

extension NormalScores: SharedLayerModel {
  public static var ownHyperparameters: [Hyperparameter<NormalScores>] {
    [
      Hyperparameter("delta", "The residual from which on Huber's loss is linear", \.delta)
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "normal-scores",
    summary: "Huber's loss on the normal scores of the outcomes' ranks",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   network and penalty as in deep-smoothed-rank
      Lₖ = mean Huber loss of fₖ − Φ⁻¹((rank − ½)/n) (continuous, ordinal, count),
           mean cross-entropy (binary), negative log partial likelihood of Cox per event (censored)
      """,
    source: "van der Waerden, Indagationes Mathematicae 14 (1952); censored outcomes "
      + "keep the partial likelihood, which sees the order of times alone")
}
