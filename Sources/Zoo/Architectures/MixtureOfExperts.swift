import RankineLanguage

/// Shared experts, mixed row by row in a way of each task's own.
///
/// - Source: Ma et al., KDD 2018.
public struct MixtureOfExperts: ModelDeclaration {
  /// Shared experts.
  public var expertCount: Int = 8
  /// Units of an expert.
  public var expertWidth: Int = 16
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
        Experts(expertCount) {
          Dense(expertWidth, activation: activation).penalized(by: GroupLasso(selection))
        }
      }
      EachTask {
        Gate()
        for width in taskWidths { Dense(width, activation: activation) }
        Dense(1)
      }
      objective
    }
  }
}

extension MixtureOfExperts: Architecture {
  public static var ownHyperparameters: [Hyperparameter<MixtureOfExperts>] {
    [
      Hyperparameter("expertCount", "Shared experts", \.expertCount),
      Hyperparameter("expertWidth", "Units of an expert", \.expertWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "mmoe",
    summary: "shared experts, mixed by a gate of each task that reads the features",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   W the weights of all experts and gates
      fₖ(x) = MLPₖ(Σₑ qₖₑ(x) Eₑ(x)),   qₖ(x) = softmax(Vₖ x),   Eₑ(x) = φ(Wₑ x + bₑ)
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Ma, Zhao, Yi, Chen, Hong & Chi, KDD 2018, section 4; a feature is removed "
      + "from experts and gates at once")
}
