import RankineLanguage

/// The recommended recipe: the mean of networks that learn the outcomes' order in two ways.
///
/// Both members look at the order of outcomes alone, so that an unknown increasing transformation of an
/// outcome changes nothing.
///
/// - Source: chosen on replications 1 to 10 of the simulation study and confirmed on others
///   (`Docs/Studies.md`).
public struct Automatic: ModelDeclaration {
  /// What each start is fitted with.
  public enum Members: String, CaseIterable, HyperparameterValue {
    case both, ranks, normalScores
  }

  /// What each start is fitted with.
  public var members: Members = .both
  /// How often each member is fitted, from other first weights.
  public var copies: Int = 2
  /// Units of the shared layer.
  public var sharedWidth: Int = 64
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [32, 16]
  /// How strongly features are removed, chosen for each network.
  public var selection: Strength = .path(count: 8)

  public init() {}

  public var model: Model {
    var ranks = DeepSmoothedRank()
    var scores = NormalScores()
    (ranks.sharedWidth, ranks.taskWidths, ranks.selection) = (sharedWidth, taskWidths, selection)
    (scores.sharedWidth, scores.taskWidths, scores.selection) = (sharedWidth, taskWidths, selection)
    return Model.averaging(copies: copies) {
      if members != .normalScores { ranks }
      if members != .ranks { scores }
    }
  }
}

extension Automatic: ZooModel {
  public static var hyperparameters: [Hyperparameter<Automatic>] {
    [
      Hyperparameter("members", "What each start is fitted with", \.members),
      Hyperparameter("copies", "How often each member is fitted", \.copies),
      Hyperparameter("sharedWidth", "Units of the shared layer", \.sharedWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("selection", "How strongly features are removed", \.selection),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "auto",
    summary: "the recommended recipe: the mean of deep-smoothed-rank and normal-scores fits",
    formula: """
      fₖ(x) = (1/M) Σₘ (fₘₖ(x) − mean fₘₖ)/sd fₘₖ,   m a network: each member from each start
      each fitted as in deep-smoothed-rank or normal-scores, with a strength and an epoch of its own
      """,
    source: "Hansen & Salamon, IEEE PAMI 12 (1990), for averages over starts; the members were "
      + "chosen by simulation")
}
