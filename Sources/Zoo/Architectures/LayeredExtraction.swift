import RankineLanguage

/// Levels of shared and own experts that separate step by step what tasks share.
///
/// - Source: Tang et al., RecSys 2020.
public struct LayeredExtraction: ModelDeclaration {
  /// Shared experts.
  public var expertCount: Int = 2
  /// Own experts of each task.
  public var ownCount: Int = 2
  /// Units of the experts of each level.
  public var levelWidths: [Int] = [32, 16]
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
      EachTask {
        ProgressiveExtraction(shared: expertCount, own: ownCount) {
          for (index, width) in levelWidths.enumerated() {
            Dense(width, activation: activation)
              .penalized(by: GroupLasso(index == 0 ? selection : .none))
          }
        }
        Dense(1)
      }
      objective
    }
  }
}

extension LayeredExtraction: Architecture {
  public static var ownHyperparameters: [Hyperparameter<LayeredExtraction>] {
    [
      Hyperparameter("expertCount", "Shared experts", \.expertCount),
      Hyperparameter("ownCount", "Own experts of each task", \.ownCount),
      Hyperparameter("levelWidths", "Units of the experts of each level", \.levelWidths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "ple",
    summary: "levels of shared and own experts, with a gate of each task at every level",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   W the weights of all that reads the features
      sₖ ← Σₑ softmax(Vₖ sₖ)ₑ Eₑ over own and shared experts,   s₀ ← Σₑ softmax(V₀ s₀)ₑ Eₑ over all
      own experts read sₖ, shared ones s₀, at first both x;   fₖ(x) = wₖ·sₖ + bₖ
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Tang, Liu, Zhao & Gong, RecSys 2020, section 4.2")
}
