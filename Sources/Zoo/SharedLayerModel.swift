import RankineLanguage

/// A model of the zoo with one shared layer, from which features are removed, and a network of each
/// task above it. Such models differ in what they are trained for, and in nothing else.
public protocol SharedLayerModel: ZooModel {
  /// Units of the shared layer.
  var sharedWidth: Int { get set }
  /// Units of each task's hidden layers.
  var taskWidths: [Int] { get set }
  /// The activation of every hidden layer.
  var activation: Activation { get set }
  /// What can be set of its objective.
  static var ownHyperparameters: [Hyperparameter<Self>] { get }
}

extension SharedLayerModel {
  /// Those of the network, then its own.
  public static var hyperparameters: [Hyperparameter<Self>] {
    [
      Hyperparameter("sharedWidth", "Units of the shared layer", \.sharedWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
      Hyperparameter("activation", "The activation of every hidden layer", \.activation),
      Hyperparameter("selection", "How strongly features are removed", \.selection),
    ] + ownHyperparameters
  }

  /// The layers.
  @ModelBuilder var network: [ModelPart] {
    Shared {
      Dense(sharedWidth, activation: activation)
        .penalized(by: GroupLasso(selection, over: .inputs))
    }
    EachTask {
      for width in taskWidths { Dense(width, activation: activation) }
      Dense(1)
    }
  }
}
