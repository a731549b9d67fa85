import RankineLanguage

/// What a model of the zoo makes small, so that architectures can be compared under either objective.
public enum LossChoice: String, Sendable, CaseIterable, HyperparameterValue {
  /// The smoothed rank loss for outcomes of every kind.
  case rank
  /// The usual loss of each kind of outcome: Huber's, cross-entropy, the partial likelihood of Cox.
  case usual
  /// The usual losses, with squares instead of Huber's.
  case squared
  /// The usual losses on the normal scores of the outcomes' ranks, as in ``NormalScores``.
  case normalScores

  /// The losses, for an `Objective`.
  public var declared: [any Loss] {
    switch self {
    case .rank: [SmoothedRank()]
    case .usual: usual(Huber())
    case .squared: usual(SquaredError())
    case .normalScores: usual(Huber().onNormalScores())
    }
  }

  private func usual(_ residuals: some Loss) -> [any Loss] {
    [
      residuals.on(.continuous, .ordinal, .count), CrossEntropy().on(.binary),
      CoxPartialLikelihood().on(.censored),
    ]
  }
}
