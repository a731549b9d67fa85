import RankineLanguage

/// A linear score for each task, fitted to that task alone.
///
/// - Source: the single-task comparison to `linear`.
public struct LinearSingleTask: ModelDeclaration {
  /// What is fitted to each task.
  public var network: LinearRank = LinearRank()

  public init() {}

  public var model: Model { network.independentTasks() }
}

extension LinearSingleTask: ZooModel {
  /// How strongly features are removed, chosen for each task.
  public var selection: Strength {
    get { network.selection }
    set { network.selection = newValue }
  }

  public static var hyperparameters: [Hyperparameter<LinearSingleTask>] {
    LinearRank.hyperparameters.map { Hyperparameter($0, of: \.network) }
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "linear-stl",
    summary: "a linear score for each task, fitted to that task alone",
    formula: """
      for each task k on its own:  minimize  Lₖ + λₖ Σⱼ |wⱼₖ|,   fₖ(x) = wₖ·x + bₖ
      Lₖ as in deep-smoothed-rank, or with losses=usual the usual loss of each kind of outcome
      """,
    source: "Song, Ma, Huang & Zhou, Biometrics 63 (2007), with the lasso of "
      + "Tibshirani, JRSS B 58 (1996)")
}
