import RankineLanguage
import RankineSparse

/// A linear score for each task, of predictors that a convex penalty removes for all tasks or for one.
///
/// - Source: Simon, Friedman, Hastie & Tibshirani, Journal of Computational and Graphical Statistics 22 (2013).
public struct LinearSparseGroupLasso: ModelDeclaration {
  /// λ.
  public var selection: Strength = .path(count: 40)

  public init() {}

  public var model: Model {
    .linear(solvedBy: RowLassoSolver(selection, groupShares: [0.2, 0.5, 0.8]))
  }
}

extension LinearSparseGroupLasso: ZooModel {
  public static var hyperparameters: [Hyperparameter<LinearSparseGroupLasso>] {
    [Hyperparameter("selection", "How strongly coefficients are shrunk: λ", \.selection)]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "linear-sparse-group-lasso",
    summary: "linear scores whose predictors are removed for all tasks or for some",
    formula: """
      minimize  Σₖ (1/2n) ‖yₖ − Xₖ bₖ‖² + λ Σⱼ [ (1 − α) Σₖ |bₖⱼ| + α ‖(b₁ⱼ, …, b_Kⱼ)‖ ]
      α of .2, .5 and .8 as held rows choose
      """,
    source: "Simon, Friedman, Hastie & Tibshirani, Journal of Computational and Graphical "
      + "Statistics 22 (2013)")
}
