import RankineLanguage

/// A balancing rule with a model of its own in the zoo.
///
/// A new one is one file that conforms and one line in ``Zoo/all``: `WeightedLosses<TheRule>.self`.
public protocol BaselineRule: Balancing {
  /// What the zoo shows of it.
  static var baseline: Baseline<Self> { get }
}

/// What the zoo shows of a balancing rule.
public struct Baseline<Rule: Sendable>: Sendable {
  /// The rule with its recommended hyperparameters.
  public let rule: Rule
  /// As the user types it: `pcgrad`.
  public let name: String
  /// One line without a closing full stop.
  public let summary: String
  /// What the rule does, in plain text.
  public let formula: String
  /// The paper, and the departures from it.
  public let source: String
  /// What can be set by name, in the order in which help lists it.
  public let hyperparameters: [Hyperparameter<Rule>]

  public init(
    _ rule: Rule, name: String, summary: String, formula: String, source: String,
    hyperparameters: [Hyperparameter<Rule>] = []
  ) {
    (self.rule, self.name, self.summary) = (rule, name, summary)
    (self.formula, self.source, self.hyperparameters) = (formula, source, hyperparameters)
  }

  /// What all baselines minimize.
  static var sharedFormula: String {
    """
    λ Σⱼ ‖W[:, j]‖₂ is added once, after balancing; network and penalty as in deep-smoothed-rank
    Lₖ = mean Huber loss (continuous in median absolute deviations, ordinal, count),
         mean cross-entropy (binary), negative log partial likelihood of Cox per event (censored)
    """
  }
}
