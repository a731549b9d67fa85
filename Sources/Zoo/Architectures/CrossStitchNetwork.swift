import RankineLanguage

/// A network for each task, with layers that let the networks read each other.
///
/// - Source: Misra et al., CVPR 2016.
public struct CrossStitchNetwork: ModelDeclaration {
  /// Units of each task's layers that are stitched.
  public var widths: [Int] = [32, 16]
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
        for (index, width) in widths.enumerated() {
          let strength: Strength = index == 0 ? selection : .none
          Dense(width, activation: activation)
            .penalized(by: GroupLasso(strength, over: .inputsOfAllTasks))
          CrossStitch()
        }
        Dense(1)
      }
      objective
    }
  }
}

extension CrossStitchNetwork: Architecture {
  public static var ownHyperparameters: [Hyperparameter<CrossStitchNetwork>] {
    [
      Hyperparameter("widths", "Units of each task's layers that are stitched", \.widths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "cross-stitch",
    summary: "a network of each task, stitched to the others after every layer",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖(W₁[:, j], …, W_K[:, j])‖₂,   Wₖ the first weight of task k
      hₖ ← Σₗ Aₖₗ φ(Wₗ hₗ + bₗ) at every layer, A at first 0.9 on the diagonal
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Misra, Shrivastava, Gupta & Hebert, CVPR 2016, section 3; one number for "
      + "each pair of tasks and layer")
}
