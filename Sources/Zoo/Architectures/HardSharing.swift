import RankineLanguage

/// Several shared layers below short layers of each task.
///
/// - Source: Caruana, Machine Learning 28 (1997).
public struct HardSharing: ModelDeclaration {
  /// Units of the shared layers.
  public var sharedWidths: [Int] = [64, 32]
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [16]
  /// The activation of every hidden layer.
  public var activation: Activation = .silu
  /// How strongly features are removed.
  public var selection: Strength = .path(count: 8)
  /// What is made small.
  public var losses: LossChoice = .rank
  /// How the losses become one number.
  public var balancing: BalancingChoice = .uniform

  public init() {}

  public var model: Model {
    Model {
      Shared {
        for (index, width) in sharedWidths.enumerated() {
          Dense(width, activation: activation)
            .penalized(by: GroupLasso(index == 0 ? selection : .none))
        }
      }
      EachTask {
        for width in taskWidths { Dense(width, activation: activation) }
        Dense(1)
      }
      objective
    }
  }
}

extension HardSharing: Architecture {
  public static var ownHyperparameters: [Hyperparameter<HardSharing>] {
    [
      Hyperparameter("sharedWidths", "Units of the shared layers", \.sharedWidths),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "hard-sharing",
    summary: "several shared layers, then short layers of each task",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   W the first layer's weight, j a feature
      fₖ(x) = MLPₖ(h),   h = φ(… φ(W x + b))
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Caruana, Machine Learning 28 (1997), section 2; the group penalty of "
      + "deep-smoothed-rank")
}
