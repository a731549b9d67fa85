import RankineLanguage

/// A network of the zoo that can be trained for either kind of loss, under any balancing rule.
public protocol Architecture: ZooModel {
  /// What is made small.
  var losses: LossChoice { get set }
  /// How the losses become one number.
  var balancing: BalancingChoice { get set }
  /// What can be set of this kind of network alone.
  static var ownHyperparameters: [Hyperparameter<Self>] { get }
}

extension Architecture {
  /// Its own, then those of all architectures.
  public static var hyperparameters: [Hyperparameter<Self>] {
    ownHyperparameters + [
      Hyperparameter("selection", "How strongly features are removed", \.selection),
      Hyperparameter("losses", "What is made small", \.losses),
      Hyperparameter("balancing", "How the losses become one number", \.balancing),
    ]
  }

  /// What the network is trained for.
  var objective: Objective { Objective(balancing: balancing.rule) { losses.declared } }
}
