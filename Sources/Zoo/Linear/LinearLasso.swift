import RankineLanguage
import RankineSparse

/// A linear score for each task with a lasso of its own, all of one strength.
///
/// - Source: Tibshirani, Journal of the Royal Statistical Society B 58 (1996).
public struct LinearLasso: ModelDeclaration {
  /// λ.
  public var selection: Strength = .path(count: 40)

  public init() {}

  public var model: Model {
    .linear(solvedBy: RowLassoSolver(selection, groupShares: [0]))
  }
}

extension LinearLasso: ZooModel {
  public static var hyperparameters: [Hyperparameter<LinearLasso>] {
    [Hyperparameter("selection", "How strongly coefficients are shrunk: λ", \.selection)]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "linear-lasso",
    summary: "linear scores with a lasso each",
    formula: """
      minimize  Σₖ (1/2n) ‖yₖ − Xₖ bₖ‖² + λ Σ |bₖⱼ|
      """,
    source: "Tibshirani, Journal of the Royal Statistical Society B 58 (1996)")
}
