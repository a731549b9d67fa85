import RankineLanguage
import RankineSparse

/// A sparse linear score for each task, all of the same predictors.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its common support with ridge.
public struct CommonSupport: SparseModel {
  /// λ₁.
  public var selection: Strength = .path(count: 3)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []
  /// The relative gap to which the solution is certified; 0 for no certificate.
  public var certifiedGap: Double = 0

  public init() {}

  public var declared: SparseLinear {
    SparseLinear {
      Support(.common, chosenFrom: supportSizes)
      Ridge(selection)
      if certifiedGap > 0 { Certified(gap: certifiedGap) }
    }
  }

  public static var hyperparameters: [Hyperparameter<CommonSupport>] {
    [
      .ridge("selection", \.selection),
      .supportSizes(\.supportSizes),
      .certifiedGap(\.certifiedGap),
    ]
  }

  public static let entry: ZooEntry = .sparse(
    "sparse-common",
    summary: "sparse linear scores of one set of predictors for all tasks",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² ],   z₁ = … = z_K,  ‖bₖ‖₀ ≤ s
      """, source: "its common support with ridge")
}
