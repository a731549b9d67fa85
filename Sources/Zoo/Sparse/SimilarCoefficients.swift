import RankineLanguage
import RankineSparse

/// A sparse linear score for each task, with coefficients that are drawn to their mean.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697,
///   its Bbar regression.
public struct SimilarCoefficients: ModelDeclaration {
  /// How strongly coefficients are drawn to their mean: λ₂.
  public var selection: Strength = .path(count: 6)
  /// s: sizes that held rows choose from; empty for the usual ones.
  public var supportSizes: [Int] = []
  /// λ₁.
  public var ridge: Strength = .fixed(1e-3)

  public init() {}

  public var model: Model {
    .linear(
      solvedBy: SparseLinear {
        Support(.heterogeneous, chosenFrom: supportSizes)
        CoefficientSimilarity(selection)
        Ridge(ridge)
      })
  }
}

extension SimilarCoefficients: ZooModel {
  public static var hyperparameters: [Hyperparameter<SimilarCoefficients>] {
    [
      Hyperparameter(
        "selection", "How strongly coefficients are drawn to their mean: λ₂", \.selection),
      Hyperparameter(
        "supportSizes",
        "How many predictors a task may use: sizes to choose from, empty for the usual ones",
        \.supportSizes),
      Hyperparameter("ridge", "How strongly coefficients are shrunk: the ridge λ₁", \.ridge),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "sparse-bbar",
    summary: "sparse linear scores whose coefficients are drawn to their mean over tasks",
    formula: """
      minimize  Σₖ [ ℓₖ(bₖ) + λ₁/2 ‖bₖ‖² + λ₂/2 ‖bₖ − b̄‖² ],   ‖bₖ‖₀ ≤ s
      """,
    source: "Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697, "
      + "its Bbar regression")
}
