import RankineLanguage

/// Linear scores whose coefficients are drawn together as far as the tasks agree: adaptive and robust
/// multitask regression for tasks with rows of their own.
///
/// - Source: Duan & Wang, Annals of Statistics 51 (2023), for the centre by distances; Evgeniou & Pontil,
///   KDD 2004, for the mean by squares.
public struct LinearSources: ModelDeclaration {
  /// What draws the coefficients together.
  public var integration: IntegrationChoice = .centroid
  /// How strongly they are drawn together.
  public var selection: Strength = .path(count: 7)
  /// What is made small.
  public var losses: LossChoice = .squared

  public init() {}

  public var model: Model {
    Model {
      EachTask { FactorHead(integration: integration.penalty(selection)) }
      Objective(balancing: SampleShares()) { losses.declared }
      Rounds {
        Phase.rescaling
        Phase.proximalGradient(on: .coefficients)
      }
    }
  }
}

extension LinearSources: ZooModel {
  public static var hyperparameters: [Hyperparameter<LinearSources>] {
    [
      Hyperparameter("integration", "What draws the coefficients together", \.integration),
      Hyperparameter("selection", "How strongly they are drawn together", \.selection),
      Hyperparameter(
        "losses", "What is made small: squares, ranks, or the usual loss of each kind of outcome",
        \.losses),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "linear-sources",
    summary: "linear scores whose coefficients are drawn to a common centre",
    formula: """
      minimize  Σᵣ (nᵣ/N) Lᵣ + λ Σᵣ vᵣ ‖βᵣ − c‖₂
      fᵣ(x) = βᵣ'x + bᵣ,   vᵣ = √(nᵣR/N), features with mean 0 and deviation 1
      """,
    source: "Duan & Wang, Annals of Statistics 2023; Evgeniou & Pontil, KDD 2004, for the mean")
}
