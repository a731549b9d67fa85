import RankineLanguage
import RankineSparse

/// A linear score of all predictors for each task, with coefficients that are drawn to their mean.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its ridge and Bbar regression without sparsity.
public struct SimilarRidge: SparseModel {
  /// λ₂.
  public var selection: Strength = .path(count: 4)
  /// λ₁.
  public var ridge: Strength = .path(count: 4)

  public init() {}

  public var declared: SparseLinear {
    SparseLinear {
      Support.all
      CoefficientSimilarity(selection)
      Ridge(ridge)
    }
  }

  public static var hyperparameters: [Hyperparameter<SimilarRidge>] {
    [.coefficientSimilarity("selection", \.selection), .ridge("ridge", \.ridge)]
  }

  public static let entry: ZooEntry = .sparse(
    "sparse-ridge",
    summary: "linear scores of all predictors, coefficients shrunk and drawn to their mean",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² + λ₂/2 ‖bₖ − b̄‖² ]
      """, source: "its ridge and Bbar regression without sparsity; Evgeniou & Pontil, KDD 2004")
}
