import RankineLanguage

/// The usual loss of each kind of outcome, balanced by a rule: a baseline for each way to weigh losses.
///
/// The network and the penalty are those of the deep smoothed rank model, so that a comparison shows
/// the objectives alone, and one of two rules the rules alone.
///
/// - Source: the weighted-loss comparisons of arXiv:2607.00995; the rules and their defaults as in
///   LibMTL.
public struct WeightedLosses<Rule: BaselineRule>: ModelDeclaration {
  /// Units of the shared layer.
  public var sharedWidth: Int = 64
  /// Units of each task's hidden layers.
  public var taskWidths: [Int] = [32, 16]
  /// The activation of every hidden layer.
  public var activation: Activation = .silu
  /// How strongly features are removed.
  public var selection: Strength = .path(count: 8)
  /// The residual from which on Huber's loss is linear.
  public var delta: Double = 1.345
  /// How the losses become one number.
  public var rule: Rule = Rule.baseline.rule

  public init() {}

  public var model: Model {
    Model {
      network
      Objective(balancing: rule) {
        Huber(delta: delta).on(.continuous, .ordinal, .count)
        CrossEntropy().on(.binary)
        CoxPartialLikelihood().on(.censored)
      }
    }
  }
}

extension WeightedLosses: SharedLayerModel {
  /// The loss's, then the rule's.
  public static var ownHyperparameters: [Hyperparameter<WeightedLosses>] {
    [
      Hyperparameter("delta", "The residual from which on Huber's loss is linear", \.delta)
    ] + Rule.baseline.hyperparameters.map { Hyperparameter($0, of: \.rule) }
  }

  public static var entry: ZooEntry {
    let baseline = Rule.baseline
    return ZooEntry(
      name: baseline.name, summary: baseline.summary,
      formula: baseline.formula + "\n" + Baseline<Rule>.sharedFormula,
      source: baseline.source + "; Huber 1964 and Cox 1972 for the losses")
  }
}
