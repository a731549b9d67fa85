import RankineLanguage

/// A balancing rule by the name of its baseline, with its recommended hyperparameters.
public struct BalancingChoice: HyperparameterValue {
  /// As the zoo lists it: `pcgrad`.
  public let name: String
  public let rule: any Balancing

  /// A rule under a name of your own.
  public init(_ name: String, _ rule: some Balancing) {
    (self.name, self.rule) = (name, rule)
  }

  /// The sum of the losses.
  public static let uniform: BalancingChoice = BalancingChoice("uniform", Uniform())

  /// The rules of all baselines, in the order of the zoo.
  public static let all: [BalancingChoice] = Zoo.all.compactMap {
    ($0 as? any BalancedModel.Type)?.balancingChoice
  }

  public static var hyperparameterKind: String {
    "one of " + all.map(\.name).joined(separator: ", ")
  }

  public init?(hyperparameterText text: String) {
    guard let named = Self.all.first(where: { $0.name == text }) else { return nil }
    self = named
  }

  public var hyperparameterText: String { name }
}

/// A model of the zoo that stands for a balancing rule.
protocol BalancedModel {
  static var balancingChoice: BalancingChoice { get }
}

extension WeightedLosses: BalancedModel {
  static var balancingChoice: BalancingChoice {
    BalancingChoice(Rule.baseline.name, Rule.baseline.rule)
  }
}
