import RankineLanguage
import RankineSparse

/// A sparse linear score for each task, with coefficients that are drawn to their mean.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its Bbar regression.
public struct SimilarCoefficients: SparseModel {
  /// λ₂.
  public var selection: Strength = .path(count: 6)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []
  /// λ₁.
  public var ridge: Strength = .fixed(1e-3)

  public init() {}

  public var declared: SparseLinear {
    SparseLinear {
      Support(.heterogeneous, chosenFrom: supportSizes)
      CoefficientSimilarity(selection)
      Ridge(ridge)
    }
  }

  public static var hyperparameters: [Hyperparameter<SimilarCoefficients>] {
    [
      .coefficientSimilarity("selection", \.selection),
      .supportSizes(\.supportSizes),
      .ridge("ridge", \.ridge),
    ]
  }

  public static let entry: ZooEntry = .sparse(
    "sparse-bbar",
    summary: "sparse linear scores whose coefficients are drawn to their mean over tasks",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² + λ₂/2 ‖bₖ − b̄‖² ],   ‖bₖ‖₀ ≤ s
      """, source: "its Bbar regression")
}
