import RankineLanguage

/// The weighted-loss baseline: each outcome has the loss of its kind, and the losses are added.
///
/// The network and the penalty are those of the deep smoothed rank model, so that a comparison shows
/// the objectives alone.
///
/// - Source: the equal weights of arXiv:2607.00995's comparison; `EW` in LibMTL.
public struct UniformWeighting: ModelDeclaration {
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
      Shared {
        Dense(sharedWidth, activation: activation)
          .penalized(by: GroupLasso(selection, over: .inputs))
      }
      EachTask {
        for width in taskWidths { Dense(width, activation: activation) }
        Dense(1)
      }
      Objective(balancing: Uniform()) {
        Huber(delta: delta).on(.continuous, .ordinal, .count)
        CrossEntropy().on(.binary)
        CoxPartialLikelihood().on(.censored)
      }
    }
  }
}

extension UniformWeighting: ZooModel {
  public static var hyperparameters: [Hyperparameter<UniformWeighting>] {
    [
      Hyperparameter("sharedWidth", "Units of the shared layer", \.sharedWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
      Hyperparameter("selection", "How strongly features are removed", \.selection),
      Hyperparameter("delta", "The residual from which on Huber's loss is linear", \.delta),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "uniform",
    summary: "the usual loss of each kind of outcome, added with weights 1",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   network and penalty as in deep-smoothed-rank
      Lₖ = mean Huber loss (continuous in median absolute deviations, ordinal, count),
           mean cross-entropy (binary), negative log partial likelihood of Cox per event (censored)
      """,
    source: "Li, Wang, Zhang & Ma, arXiv:2607.00995, the equal weights of its comparison; "
      + "Huber 1964 and Cox 1972 for the losses",
    declaration: """
      public struct UniformWeighting: ModelDeclaration {
        public var sharedWidth: Int = 64
        public var taskWidths: [Int] = [32, 16]
        public var activation: Activation = .silu
        public var selection: Strength = .path(count: 8)
        public var delta: Double = 1.345

        public init() {}

        public var model: Model {
          Model {
            Shared {
              Dense(sharedWidth, activation: activation)
                .penalized(by: GroupLasso(selection, over: .inputs))
            }
            EachTask {
              for width in taskWidths { Dense(width, activation: activation) }
              Dense(1)
            }
            Objective(balancing: Uniform()) {
              Huber(delta: delta).on(.continuous, .ordinal, .count)
              CrossEntropy().on(.binary)
              CoxPartialLikelihood().on(.censored)
            }
          }
        }
      }
      """)
}
