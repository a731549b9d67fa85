import RankineLanguage

/// Shared experts of which each task learns to use a few.
///
/// - Source: Hazimeh et al., NeurIPS 2021.
public struct SelectedExperts: ModelDeclaration {
  /// Shared experts.
  public var expertCount: Int = 8
  /// The most experts that a task mixes.
  public var choices: Int = 2
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
        SelectingGate(choices)
        for width in taskWidths { Dense(width, activation: activation) }
        Dense(1)
      }
      objective
    }
  }
}

extension SelectedExperts: Architecture {
  public static var ownHyperparameters: [Hyperparameter<SelectedExperts>] {
    [
      Hyperparameter("expertCount", "Shared experts", \.expertCount),
      Hyperparameter("choices", "The most experts that a task mixes", \.choices),
      Hyperparameter("expertWidth", "Units of an expert", \.expertWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "dselect-k",
    summary: "shared experts, of which each task learns to mix a few",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   W the weights of all experts, one below the other
      fₖ(x) = MLPₖ(Σₑ qₖₑ Eₑ(x)),   qₖ = Σᵢ softmax(wₖ)ᵢ r(zₖᵢ),   r a smooth code of an expert
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Hazimeh, Zhao, Chowdhery, Sathiamoorthy, Chen, Mazumder, Hong & Chi, "
      + "NeurIPS 2021, section 3; without the entropy term")
}
