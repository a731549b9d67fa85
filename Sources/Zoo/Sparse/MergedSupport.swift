import RankineLanguage
import RankineSparse

/// One sparse linear score for all tasks, from their rows taken together.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its merged regression; outcomes are standardized first.
public struct MergedSupport: SparseModel {
  /// λ₁.
  public var selection: Strength = .path(count: 3)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []

  public init() {}

  public var declared: SparseLinear {
    SparseLinear {
      Support(.heterogeneous, chosenFrom: supportSizes)
      Ridge(selection)
      Merged()
    }
  }

  public static var hyperparameters: [Hyperparameter<MergedSupport>] {
    [.ridge("selection", \.selection), .supportSizes(\.supportSizes)]
  }

  public static let entry: ZooEntry = .sparse(
    "sparse-merged",
    summary: "one linear score of few predictors, fitted to the rows of all tasks",
    formula: """
      minimize  ℓ(b) + λ₁/2 ‖b‖²,   ‖b‖₀ ≤ s,   over the rows of all tasks
      """, source: "its merged regression; outcomes are standardized first")
}
