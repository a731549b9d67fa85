import RankineLanguage
import RankineSparse

/// One sparse linear score for all tasks, from their rows taken together.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its merged regression; outcomes are standardized first.
public struct MergedSupport: ModelDeclaration {
  /// How strongly coefficients are shrunk: λ₁.
  public var selection: Strength = .path(count: 3)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []

  public init() {}

  public var model: Model {
    .linear(
      solvedBy: SparseLinear {
        Support(.heterogeneous, chosenFrom: supportSizes)
        Ridge(selection)
        Merged()
      })
  }
}

extension MergedSupport: ZooModel {
  public static var hyperparameters: [Hyperparameter<MergedSupport>] {
    [
      Hyperparameter(
        "selection", "How strongly coefficients are shrunk: the ridge λ₁", \.selection),
      Hyperparameter(
        "supportSizes",
        "How many predictors a task may use: sizes to choose from, empty for the usual ones",
        \.supportSizes),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "sparse-merged",
    summary: "one linear score of few predictors, fitted to the rows of all tasks",
    formula: """
      minimize  ℓ(b) + λ₁/2 ‖b‖²,   ‖b‖₀ ≤ s,   over the rows of all tasks
      """,
    source: "Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697, "
      + "its merged regression; outcomes are standardized first")
}
