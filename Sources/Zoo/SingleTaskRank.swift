import RankineLanguage

/// The deep smoothed rank model, fitted once per task with that task alone.
///
/// It shows what sharing brings: everything but the shared layer is the same.
///
/// - Source: the single-task comparison of arXiv:2607.00995.
public struct SingleTaskRank: ModelDeclaration {
  /// What is fitted to each task.
  public var network: DeepSmoothedRank = DeepSmoothedRank()

  public init() {}

  public var model: Model { network.independentTasks() }
}

extension SingleTaskRank: ZooModel {
  /// How strongly features are removed, chosen for each task.
  public var selection: Strength {
    get { network.selection }
    set { network.selection = newValue }
  }

  public static var hyperparameters: [Hyperparameter<SingleTaskRank>] {
    DeepSmoothedRank.hyperparameters.map { Hyperparameter($0, of: \.network) }
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "stl",
    summary: "deep-smoothed-rank fitted to each task alone, as a measure of what sharing brings",
    formula: """
      for each task k on its own:  minimize  Lₖ + λₖ Σⱼ ‖Wₖ[:, j]‖₂
      Lₖ and fₖ as in deep-smoothed-rank, with a first layer Wₖ and a strength λₖ per task
      """,
    source: "Li, Wang, Zhang & Ma, arXiv:2607.00995, the single-task comparison of its simulation "
      + "study")
}
