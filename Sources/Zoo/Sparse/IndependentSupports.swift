import RankineLanguage
import RankineSparse

/// A sparse linear score for each task, fitted to that task alone.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its L0L2 regression.
public struct IndependentSupports: ModelDeclaration {
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
        Support(.heterogeneous, chosenFrom: supportSizes)
        Ridge(selection)
        if certifiedGap > 0 { Certified(gap: certifiedGap) }
      })
  }
}

extension IndependentSupports: ZooModel {
  public static var hyperparameters: [Hyperparameter<IndependentSupports>] {
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
    name: "sparse-l0",
    summary: "a linear score of few predictors for each task, each task on its own",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² ],   ‖bₖ‖₀ ≤ s
      """,
    source: "Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697, "
      + "its L0L2 regression")
}
