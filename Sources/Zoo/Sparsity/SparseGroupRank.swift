import RankineLanguage

/// First layers of each task, with features removed for all tasks or for single ones.
///
/// - Source: Simon et al., JCGS 22 (2013), for the two levels.
public struct SparseGroupRank: ModelDeclaration {
  /// Units of each task's first layer.
  public var firstWidth: Int = 64
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [32, 16]
  /// The activation of every hidden layer.
  public var activation: Activation = .silu
  /// How strongly features are removed.
  public var selection: Strength = .path(count: 8)
  /// The share of the penalty on all tasks together, from 0 to 1.
  public var mix: Double = 0.5
  /// What is made small.
  public var losses: LossChoice = .rank
  /// How the losses become one number.
  public var balancing: BalancingChoice = .uniform

  public init() {}

  public var model: Model {
    Model {
      EachTask {
        Dense(firstWidth, activation: activation)
          .penalized(by: TaskGroupLasso(selection, mix: mix))
        for width in taskWidths { Dense(width, activation: activation) }
        Dense(1)
      }
      objective
    }
  }
}

extension SparseGroupRank: Architecture {
  public static var ownHyperparameters: [Hyperparameter<SparseGroupRank>] {
    [
      Hyperparameter("firstWidth", "Units of each task's first layer", \.firstWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
      Hyperparameter("mix", "The share of the penalty on all tasks together, from 0 to 1", \.mix),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "sparse-group",
    summary: "a first layer of each task, with features removed for all tasks or for single ones",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ( (1 − α) Σₖ ‖Wₖ[:, j]‖₂ + α ‖(W₁[:, j], …, W_K[:, j])‖₂ )
      fₖ(x) = MLPₖ(φ(Wₖ x + bₖ)),   α = mix
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Simon, Friedman, Hastie & Tibshirani, JCGS 22 (2013), section 2, with "
      + "tasks' columns as the inner groups")
}
