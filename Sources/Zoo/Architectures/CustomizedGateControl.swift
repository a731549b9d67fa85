import RankineLanguage

/// Shared experts and some of each task's own, mixed row by row.
///
/// - Source: Tang et al., RecSys 2020.
public struct CustomizedGateControl: ModelDeclaration {
  /// Shared experts.
  public var expertCount: Int = 4
  /// Own experts of each task.
  public var ownCount: Int = 2
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
        Gate(own: ownCount) { Dense(expertWidth, activation: activation) }
        for width in taskWidths { Dense(width, activation: activation) }
        Dense(1)
      }
      objective
    }
  }
}

extension CustomizedGateControl: Architecture {
  public static var ownHyperparameters: [Hyperparameter<CustomizedGateControl>] {
    [
      Hyperparameter("expertCount", "Shared experts", \.expertCount),
      Hyperparameter("ownCount", "Own experts of each task", \.ownCount),
      Hyperparameter("expertWidth", "Units of an expert", \.expertWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "cgc",
    summary: "shared experts and some of each task's own, mixed by a gate of each task",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   W the weights of all experts and gates
      fₖ(x) = MLPₖ(Σₑ qₖₑ(x) Eₑ(x)) over shared and own experts,   qₖ(x) = softmax(Vₖ x)
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Tang, Liu, Zhao & Gong, RecSys 2020, section 4.1; a feature is removed "
      + "from experts and gates at once")
}
