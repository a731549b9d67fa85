import RankineLanguage
import RankineSparse

/// A linear score for each task, of predictors that a convex penalty keeps or removes for all tasks.
///
/// - Source: Lounici, Pontil, Tsybakov & van de Geer, COLT 2009.
public struct LinearGroupLasso: ModelDeclaration {
  /// λ.
  public var selection: Strength = .path(count: 40)

  public init() {}

  public var model: Model {
    .linear(solvedBy: RowLassoSolver(selection, groupShares: [1]))
  }
}

extension LinearGroupLasso: ZooModel {
  public static var hyperparameters: [Hyperparameter<LinearGroupLasso>] {
    [Hyperparameter("selection", "How strongly coefficients are shrunk: λ", \.selection)]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "linear-group-lasso",
    summary: "linear scores whose predictors a group lasso keeps or removes for all tasks",
    formula: """
      minimize  Σₖ (1/2n) ‖yₖ − Xₖ bₖ‖² + λ Σⱼ ‖(b₁ⱼ, …, b_Kⱼ)‖
      """,
    source: "Lounici, Pontil, Tsybakov & van de Geer, COLT 2009")
}
