import RankineLanguage

/// Shared layers from each of which a task takes what it needs.
///
/// - Source: Liu, Johns & Davison, CVPR 2019.
public struct AttentionNetwork: ModelDeclaration {
  /// Units of the shared layers.
  public var sharedWidths: [Int] = [64, 32]
  /// Units of what a task takes from a shared layer.
  public var attentionWidth: Int = 32
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
        for level in sharedWidths.indices {
          Attention(to: level, width: attentionWidth, activation: activation)
        }
        Dense(1)
      }
      objective
    }
  }
}

extension AttentionNetwork: Architecture {
  public static var ownHyperparameters: [Hyperparameter<AttentionNetwork>] {
    [
      Hyperparameter("sharedWidths", "Units of the shared layers", \.sharedWidths),
      Hyperparameter(
        "attentionWidth", "Units of what a task takes from a shared layer", \.attentionWidth),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "mtan",
    summary: "shared layers, from each of which a mask of each task takes what it needs",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   W the first layer's weight, j a feature
      aₖ = σ(Bₖ φ(Aₖ [u, vₖ])),   vₖ ← φ(C (aₖ ⊙ u)),   u the shared layers in turn
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Liu, Johns & Davison, CVPR 2019, arXiv:1803.10704, section 3.1, with "
      + "dense layers")
}
