import RankineLanguage

/// A linear score for each task, with the predictors that all tasks share.
///
/// - Source: Lounici, Pontil, Tsybakov & van de Geer, COLT 2009, for the penalty.
public struct LinearRank: ModelDeclaration {
  /// How strongly features are removed.
  public var selection: Strength = .path(count: 8)
  /// What is made small.
  public var losses: LossChoice = .rank
  /// How the losses become one number.
  public var balancing: BalancingChoice = .uniform

  public init() {}

  public var model: Model {
    Model {
      EachTask { Dense(1).penalized(by: GroupLasso(selection, over: .inputsOfAllTasks)) }
      objective
    }
  }
}

extension LinearRank: Architecture {
  public static var ownHyperparameters: [Hyperparameter<LinearRank>] { [] }

  public static let entry: ZooEntry = ZooEntry(
    name: "linear",
    summary: "a linear score for each task, with predictors selected for all tasks together",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖(wⱼ₁, …, wⱼ_K)‖₂,   fₖ(x) = wₖ·x + bₖ
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Lounici, Pontil, Tsybakov & van de Geer, COLT 2009; Song, Ma, Huang & "
      + "Zhou, Biometrics 63 (2007) for the loss")
}
