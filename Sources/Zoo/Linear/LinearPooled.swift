import RankineLanguage

/// One linear score for all tasks.
///
/// - Source: the pooled comparison to `linear`.
public struct LinearPooled: ModelDeclaration {
  /// What is fitted to all tasks at once.
  public var network: LinearRank = LinearRank()

  public init() {}

  public var model: Model { network.pooled() }
}

extension LinearPooled: ZooModel {
  /// How strongly features are removed.
  public var selection: Strength {
    get { network.selection }
    set { network.selection = newValue }
  }

  public static var hyperparameters: [Hyperparameter<LinearPooled>] {
    LinearRank.hyperparameters.map { Hyperparameter($0, of: \.network) }
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "linear-pooled",
    summary: "one linear score that serves all tasks",
    formula: """
      minimize  Σₖ Lₖ + λ Σⱼ |wⱼ|,   fₖ(x) = w·x + b for every task
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Han, Journal of Econometrics 35 (1987), for the rank of a linear score, "
      + "pooled over tasks")
}
