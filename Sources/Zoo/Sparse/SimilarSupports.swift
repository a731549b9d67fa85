import RankineLanguage
import RankineSparse

/// A sparse linear score for each task, with supports that are drawn to each other.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its Zbar+L2 regression.
public struct SimilarSupports: ModelDeclaration {
  /// How strongly supports are drawn to each other: λ_z.
  public var selection: Strength = .path(count: 6)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []
  /// λ₁.
  public var ridge: Strength = .fixed(1e-3)
  /// The relative gap to which the solution is certified; 0 for no certificate.
  public var certifiedGap: Double = 0

  public init() {}

  public var model: Model {
    .linear(
      solvedBy: SparseLinear {
        Support(.heterogeneous, chosenFrom: supportSizes)
        SupportSimilarity(selection)
        Ridge(ridge)
        if certifiedGap > 0 { Certified(gap: certifiedGap) }
      })
  }
}

extension SimilarSupports: ZooModel {
  public static var hyperparameters: [Hyperparameter<SimilarSupports>] {
    [
      Hyperparameter(
        "selection", "How strongly supports are drawn to each other: λ_z", \.selection),
      Hyperparameter(
        "supportSizes",
        "How many predictors a task may use: sizes to choose from, empty for the usual ones",
        \.supportSizes),
      Hyperparameter("ridge", "How strongly coefficients are shrunk: the ridge λ₁", \.ridge),
      Hyperparameter(
        "certifiedGap", "The gap to which the solution is certified, 0 for no certificate",
        \.certifiedGap),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "sparse-zbar",
    summary: "sparse linear scores whose predictors are partly shared by the tasks",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² + λ_z/2 ‖zₖ − z̄‖² ],   ‖bₖ‖₀ ≤ s
      zₖ the indicators of the predictors that task k uses, z̄ their mean over tasks
      """,
    source: "Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697, "
      + "its Zbar+L2 regression")
}
