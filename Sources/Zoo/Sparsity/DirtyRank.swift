import RankineLanguage

/// First layers that are the sum of a shared and an own part, each with features of its own.
///
/// - Source: Jalali et al., NeurIPS 2010.
public struct DirtyRank: ModelDeclaration {
  /// Units of each task's first layer.
  public var firstWidth: Int = 64
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [32, 16]
  /// The activation of every hidden layer.
  public var activation: Activation = .silu
  /// How strongly features are removed.
  public var selection: Strength = .path(count: 8)
  /// How much a task's own column costs, relative to a shared one.
  public var ownFactor: Double = 1.5
  /// What is made small.
  public var losses: LossChoice = .rank
  /// How the losses become one number.
  public var balancing: BalancingChoice = .uniform

  public init() {}

  public var model: Model {
    Model {
      EachTask {
        SharedPlusOwn(firstWidth, activation: activation)
          .penalized(by: Dirty(selection, ownFactor: ownFactor))
        for width in taskWidths { Dense(width, activation: activation) }
        Dense(1)
      }
      objective
    }
  }
}

extension DirtyRank: Architecture {
  public static var ownHyperparameters: [Hyperparameter<DirtyRank>] {
    [
      Hyperparameter("firstWidth", "Units of each task's first layer", \.firstWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
      Hyperparameter(
        "ownFactor", "How much a task's own column costs, relative to a shared one", \.ownFactor),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "dirty",
    summary: "features for all tasks and others for single tasks, side by side",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ( ‖W[:, j]‖₂ + r Σₖ ‖Vₖ[:, j]‖₂ )
      fₖ(x) = MLPₖ(φ((W + Vₖ) x + bₖ)),   r = ownFactor; importance for task k: ‖W + Vₖ‖
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Jalali, Ravikumar, Sanghavi & Ruan, NeurIPS 2010, with columns of first "
      + "layers as groups")
}
