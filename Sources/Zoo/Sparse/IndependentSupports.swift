import RankineLanguage
import RankineSparse

/// A sparse linear score for each task, fitted to that task alone.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its L0L2 regression.
public struct IndependentSupports: SparseModel {
  /// λ₁.
  public var selection: Strength = .path(count: 3)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []
  /// The relative gap to which the solution is certified; 0 for no certificate.
  public var certifiedGap: Double = 0

  public init() {}

  public var declared: SparseLinear {
    SparseLinear {
      Support(.heterogeneous, chosenFrom: supportSizes)
      Ridge(selection)
      if certifiedGap > 0 { Certified(gap: certifiedGap) }
    }
  }

  public static var hyperparameters: [Hyperparameter<IndependentSupports>] {
    [
      .ridge("selection", \.selection),
      .supportSizes(\.supportSizes),
      .certifiedGap(\.certifiedGap),
    ]
  }

  public static let entry: ZooEntry = .sparse(
    "sparse-l0",
    summary: "a linear score of few predictors for each task, each task on its own",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² ],   ‖bₖ‖₀ ≤ s
      """, source: "its L0L2 regression")
}
