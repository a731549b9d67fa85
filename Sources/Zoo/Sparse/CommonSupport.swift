import RankineLanguage
import RankineSparse

/// A sparse linear score for each task, all of the same predictors.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its common support with ridge.
public struct CommonSupport: ModelDeclaration {
  /// How strongly coefficients are shrunk: λ₁.
  public var selection: Strength = .path(count: 3)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []
  /// The relative gap to which the solution is certified; 0 for no certificate.
  public var certifiedGap: Double = 0

  public init() {}

  public var model: Model {
    .linear(
      solvedBy: SparseLinear {
        Support(.common, chosenFrom: supportSizes)
        Ridge(selection)
        if certifiedGap > 0 { Certified(gap: certifiedGap) }
      })
  }
}

extension CommonSupport: ZooModel {
  public static var hyperparameters: [Hyperparameter<CommonSupport>] {
    [
      Hyperparameter(
        "selection", "How strongly coefficients are shrunk: the ridge λ₁", \.selection),
      Hyperparameter(
        "supportSizes",
        "How many predictors a task may use: sizes to choose from, empty for the usual ones",
        \.supportSizes),
      Hyperparameter(
        "certifiedGap", "The gap to which the solution is certified, 0 for no certificate",
        \.certifiedGap),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "sparse-common",
    summary: "sparse linear scores of one set of predictors for all tasks",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² ],   z₁ = … = z_K,  ‖bₖ‖₀ ≤ s
      """,
    source: "Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697, "
      + "its common support with ridge")
}
