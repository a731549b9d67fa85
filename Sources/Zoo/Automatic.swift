import RankineLanguage

/// The recommended recipe: networks that learn each outcome in three ways, averaged task by task as
/// validation finds them good.
///
/// Two members look at the order of outcomes alone, so that an unknown increasing transformation of an
/// outcome changes nothing for them; the third uses its values as well, and counts where these help.
///
/// - Source: members, number of starts and temperature were chosen on replications 1 to 10 of the
///   simulation study and confirmed on others (`Docs/Studies.md`).
public struct Automatic: ModelDeclaration {
  /// What each start is fitted with.
  public enum Members: String, CaseIterable, HyperparameterValue {
    case all, orders, ranks, normalScores, hybrid
  }

  /// What each start is fitted with.
  public var members: Members = .all
  /// How often each member is fitted, from other first weights.
  public var copies: Int = 2
  /// How far behind the best one in concordance a member counts 1/e of it.
  public var temperature: Double = 0.01
  /// Units of the shared layer.
  public var sharedWidth: Int = 64
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [32, 16]
  /// The activation of every hidden layer.
  public var activation: Activation = .silu
  /// How strongly features are removed, chosen for each network.
  public var selection: Strength = .path(count: 8)

  public init() {}

  public var model: Model {
    Model.averaging(copies: copies, weights: .byConcordance(temperature: temperature)) {
      if [.all, .orders, .ranks].contains(members) { member(DeepSmoothedRank()) }
      if [.all, .orders, .normalScores].contains(members) { member(NormalScores()) }
      if [.all, .hybrid].contains(members) { member(HybridRank()) }
    }
  }

  private func member(_ plain: some SharedLayerModel) -> Model {
    var member = plain
    (member.sharedWidth, member.taskWidths) = (sharedWidth, taskWidths)
    (member.activation, member.selection) = (activation, selection)
    return member.model
  }
}

extension Automatic: SharedLayerModel {
  public static var ownHyperparameters: [Hyperparameter<Automatic>] {
    [
      Hyperparameter("members", "What each start is fitted with", \.members),
      Hyperparameter("copies", "How often each member is fitted", \.copies),
      Hyperparameter(
        "temperature", "How far behind the best in concordance a member counts 1/e of it",
        \.temperature),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "auto",
    summary: "the recommended recipe: a weighted mean of rank, normal-scores and hybrid fits",
    formula: """
      fₖ(x) = Σₘ wₘₖ (fₘₖ(x) − mean fₘₖ)/sd fₘₖ,   m a member, the mean of its starts
      wₘₖ ∝ exp(Cₘₖ/τ),   Cₘₖ its validation concordance on task k, τ = temperature
      each fitted as deep-smoothed-rank, normal-scores or hybrid, with a strength and an epoch of its own
      """,
    source: "Hansen & Salamon, IEEE PAMI 12 (1990), for averages over starts; Leung & Barron, IEEE "
      + "Trans. Inf. Theory 52 (2006), for exponential weights; members chosen by simulation")
}
