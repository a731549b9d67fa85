import RankineLanguage
import RankineSparse

/// A linear score of all predictors for each task, with coefficients that are drawn to their mean.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its ridge and Bbar regression without sparsity; multi-task ridge of Evgeniou & Pontil, KDD 2004.
public struct SimilarRidge: ModelDeclaration {
  /// How strongly coefficients are drawn to their mean: λ₂.
  public var selection: Strength = .path(count: 4)
  /// λ₁.
  public var ridge: Strength = .path(count: 4)

  public init() {}

  public var model: Model {
    .linear(
      solvedBy: SparseLinear {
        Support.all
        CoefficientSimilarity(selection)
        Ridge(ridge)
      })
  }
}

extension SimilarRidge: ZooModel {
  public static var hyperparameters: [Hyperparameter<SimilarRidge>] {
    [
      Hyperparameter(
        "selection", "How strongly coefficients are drawn to their mean: λ₂", \.selection),
      Hyperparameter("ridge", "How strongly coefficients are shrunk: the ridge λ₁", \.ridge),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "sparse-ridge",
    summary: "linear scores of all predictors, coefficients shrunk and drawn to their mean",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² + λ₂/2 ‖bₖ − b̄‖² ]
      """,
    source: "Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697, "
      + "its ridge and Bbar regression without sparsity; multi-task ridge of Evgeniou & Pontil, KDD 2004"
  )
}
