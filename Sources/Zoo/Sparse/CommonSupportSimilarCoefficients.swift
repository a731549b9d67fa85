import RankineLanguage
import RankineSparse

/// A sparse linear score for each task, all of the same predictors, with coefficients that are drawn
/// to their mean.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its common support with Bbar.
public struct CommonSupportSimilarCoefficients: SparseModel {
  /// λ₂.
  public var selection: Strength = .path(count: 4)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []
  /// λ₁.
  public var ridge: Strength = .fixed(1e-3)

  public init() {}

  public var declared: SparseLinear {
    SparseLinear {
      Support(.common, chosenFrom: supportSizes)
      CoefficientSimilarity(selection)
      Ridge(ridge)
    }
  }

  public static var hyperparameters: [Hyperparameter<CommonSupportSimilarCoefficients>] {
    [
      .coefficientSimilarity("selection", \.selection),
      .supportSizes(\.supportSizes),
      .ridge("ridge", \.ridge),
    ]
  }

  public static let entry: ZooEntry = .sparse(
    "sparse-common-bbar",
    summary: "sparse linear scores of one set of predictors, coefficients drawn to their mean",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² + λ₂/2 ‖bₖ − b̄‖² ],   z₁ = … = z_K,  ‖bₖ‖₀ ≤ s
      """, source: "its common support with Bbar")
}
