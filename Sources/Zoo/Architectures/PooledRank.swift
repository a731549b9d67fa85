import RankineLanguage

/// One score for all tasks.
///
/// It shows what tasks have of their own: it is right where all outcomes have one order.
///
/// - Source: the pooled comparison to `deep-smoothed-rank`.
public struct PooledRank: ModelDeclaration {
  /// What is fitted to all tasks at once.
  public var network: DeepSmoothedRank = DeepSmoothedRank()

  public init() {}

  public var model: Model { network.pooled() }
}

extension PooledRank: ZooModel {
  /// How strongly features are removed.
  public var selection: Strength {
    get { network.selection }
    set { network.selection = newValue }
  }

  public static var hyperparameters: [Hyperparameter<PooledRank>] {
    DeepSmoothedRank.hyperparameters.map { Hyperparameter($0, of: \.network) }
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "pooled",
    summary: "deep-smoothed-rank with one score that serves all tasks",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ ‖W[:, j]‖₂,   fₖ(x) = f(x) for every task
      Lₖ and f as in deep-smoothed-rank, with one network of all layers
      """,
    source: "Li, Wang, Zhang & Ma, arXiv:2607.00995, with the tasks' layers shared as "
      + "well")
}
