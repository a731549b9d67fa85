import RankineGraph
import RankineLanguage

/// The deep smoothed rank model with a hinge in place of the sigmoid.
///
/// A pair in the right order by a margin costs nothing, one in the wrong order the more the further
/// its scores are apart, so that single outlying rows weigh more than in the smoothed criterion.
public struct HingeRank: ModelDeclaration {
  /// Units of the shared layer.
  public var sharedWidth: Int = 64
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [32, 16]
  /// By how many standard deviations of the scores a pair should be apart.
  public var margin: Double = 1
  /// How strongly features are removed.
  public var selection: Strength = .path(count: 8)

  public init() {}

  public var model: Model {
    Model {
      Shared {
        Dense(sharedWidth, activation: .silu).penalized(by: GroupLasso(selection))
      }
      EachTask {
        for width in taskWidths { Dense(width, activation: .silu) }
        Dense(1)
      }
      Objective {
        PairwiseLoss("hinge", scores: .unitSD) { [margin] high, low in
          relu(margin - (high.score - low.score))
        }
      }
    }
  }
}

extension HingeRank: ZooModel {
  public static var hyperparameters: [Hyperparameter<HingeRank>] {
    [
      Hyperparameter("sharedWidth", "Units of the shared layer", \.sharedWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("margin", "Distance at which a pair costs nothing", \.margin),
      Hyperparameter("selection", "How strongly features are removed", \.selection),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "hinge-rank",
    summary: "a pairwise hinge loss for outcomes of every kind, with shared feature selection",
    formula: "Lₖ = (1/Nₖ) Σᵢⱼ [yᵢₖ > yⱼₖ] max(0, m − (fₖ(xᵢ) − fₖ(xⱼ))/sd(fₖ))",
    source: "deep-smoothed-rank with another loss")
}
