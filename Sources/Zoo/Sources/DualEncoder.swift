import RankineLanguage

/// Factors that all tasks share beside factors of each task's own, for tasks that have rows of their own:
/// coefficients of shared factors are drawn together as far as the tasks agree.
///
/// - Source: Sui, Xu, Bai & Qu, arXiv:2505.24281. Its integration penalty, its constants and its
///   networks are not public; those here are reconstructions.
public struct DualEncoder: ModelDeclaration {
  /// Units of the hidden layers of the shared encoder.
  public var sharedWidths: [Int] = [64, 32]
  /// Units of the hidden layers of each task's own encoder.
  public var ownWidths: [Int] = [32]
  /// How many factors all tasks share; 0 for none.
  public var sharedFactors: Int = 5
  /// How many factors each task has for itself; 0 for none.
  public var ownFactors: Int = 5
  /// The activation of every hidden layer.
  public var activation: Activation = .relu
  /// What draws the coefficients of shared factors together.
  public var integration: IntegrationChoice = .centroid
  /// How strongly they are drawn together.
  public var selection: Strength = .path(count: 5)
  /// How strongly coefficients of own factors are drawn to zero.
  public var sparsity: Double = 0.05
  /// How strongly own factors are kept from repeating shared ones.
  public var orthogonality: Double = 0.01
  /// How strongly features are removed from each encoder, as groups of their own; 0 for not at all.
  public var columnPenalty: Double = 0
  /// What is made small.
  public var losses: LossChoice = .squared
  /// Passes over the rows for the encoders in a round.
  public var passes: Int = 5
  /// The step size of the encoders in the first round.
  public var rate: Double = 5e-3
  /// The step size of a round as a share of that of the round before.
  public var decay: Double = 0.95

  public init() {}

  /// The layers of an encoder, the penalty on the first.
  private func layers(_ widths: [Int], factors: Int) -> [any Layer] {
    (widths + [factors]).enumerated().map { index, width in
      let layer = Dense(width, activation: index < widths.count ? activation : .identity)
      let isPenalized = index == 0 && columnPenalty > 0
      return isPenalized ? layer.penalized(by: GroupLasso(.fixed(columnPenalty))) : layer
    }
  }

  public var model: Model {
    Model {
      if sharedFactors > 0 {
        Shared {
          layers(sharedWidths, factors: sharedFactors)
        }
      }
      EachTask {
        if ownFactors > 0 {
          OwnEncoder {
            layers(ownWidths, factors: ownFactors)
          }
        }
        FactorHead(
          integration: sharedFactors > 0 ? integration.penalty(selection) : nil,
          own: sparsity > 0 ? L1(.fixed(sparsity)) : nil,
          separation: orthogonality > 0 ? Orthogonality(orthogonality) : nil)
      }
      Objective(balancing: SampleShares()) { losses.declared }
      Rounds {
        Phase.adam(on: .network, passes: passes, rate: rate, decay: decay)
        Phase.rescaling
        Phase.proximalGradient(on: .coefficients)
      }
    }
  }
}

extension DualEncoder: ZooModel {
  public static var hyperparameters: [Hyperparameter<DualEncoder>] {
    [
      Hyperparameter(
        "sharedWidths", "Units of the hidden layers of the shared encoder", \.sharedWidths),
      Hyperparameter(
        "ownWidths", "Units of the hidden layers of each task's own encoder", \.ownWidths),
      Hyperparameter("sharedFactors", "Factors that all tasks share", \.sharedFactors),
      Hyperparameter("ownFactors", "Factors that each task has for itself", \.ownFactors),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
      Hyperparameter(
        "integration", "What draws the coefficients of shared factors together", \.integration),
      Hyperparameter(
        "selection", "How strongly coefficients of shared factors are drawn together", \.selection),
      Hyperparameter(
        "sparsity", "How strongly coefficients of own factors are drawn to zero", \.sparsity),
      Hyperparameter(
        "orthogonality", "How strongly own factors are kept from repeating shared ones",
        \.orthogonality),
      Hyperparameter(
        "columnPenalty", "How strongly features are removed from each encoder; 0 for not at all",
        \.columnPenalty),
      Hyperparameter(
        "losses", "What is made small: squares, ranks, or the usual loss of each kind of outcome",
        \.losses),
      Hyperparameter("passes", "Passes over the rows for the encoders in a round", \.passes),
      Hyperparameter("rate", "The step size of the encoders in the first round", \.rate),
      Hyperparameter(
        "decay", "The step size of a round as a share of that of the round before", \.decay),
    ]
  }

  public static let entry: ZooEntry = ZooEntry(
    name: "dual-encoder",
    summary: "shared factors beside each task's own, for tasks with rows of their own",
    formula: """
      minimize  Σᵣ (nᵣ/N) Lᵣ + λ Σᵣ vᵣ ‖βᵣ − c‖₂ + λ_α Σᵣ ‖αᵣ‖₁ + λ_⊥ Σᵣ ‖Sᵣ'C/nᵣ‖²_F
      fᵣ(x) = αᵣ'Sᵣ(x) + βᵣ'C(x) + bᵣ,   vᵣ = √(nᵣR/N), factors with mean 0 and deviation 1
      by turns: encoders by Adam, factors rescaled, coefficients and centre c by proximal gradient
      """,
    source: "Sui, Xu, Bai & Qu, arXiv:2505.24281; integration penalty, constants and networks are "
      + "reconstructions, and the orthogonality that of Bousmalis et al., NeurIPS 2016")
}
