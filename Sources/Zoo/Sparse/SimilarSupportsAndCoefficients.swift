import RankineLanguage
import RankineSparse

/// A sparse linear score for each task, with supports and coefficients that are drawn together.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its Zbar+Bbar regression.
public struct SimilarSupportsAndCoefficients: SparseModel {
  /// λ_z.
  public var selection: Strength = .path(count: 4)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []
  /// λ₂.
  public var similarity: Strength = .path(count: 3)
  /// λ₁.
  public var ridge: Strength = .fixed(1e-3)

  public init() {}

  public var declared: SparseLinear {
    SparseLinear {
      Support(.heterogeneous, chosenFrom: supportSizes)
      SupportSimilarity(selection)
      CoefficientSimilarity(similarity)
      Ridge(ridge)
    }
  }

  public static var hyperparameters: [Hyperparameter<SimilarSupportsAndCoefficients>] {
    [
      .supportSimilarity("selection", \.selection),
      .supportSizes(\.supportSizes),
      .coefficientSimilarity("similarity", \.similarity),
      .ridge("ridge", \.ridge),
    ]
  }

  public static let entry: ZooEntry = .sparse(
    "sparse-zbar-bbar",
    summary: "sparse linear scores whose predictors and coefficients are drawn together",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² + λ₂/2 ‖bₖ − b̄‖² + λ_z/2 ‖zₖ − z̄‖² ],   ‖bₖ‖₀ ≤ s
      """, source: "its Zbar+Bbar regression")
}
