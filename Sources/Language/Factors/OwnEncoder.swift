import RankineGraph

/// Layers that every task has for itself and that see the features, whatever stands below them.
///
/// It makes a task's own factors Sᵣ(x), beside those that `Shared` makes for all tasks; `FactorHead`
/// puts both together.
///
/// - Shapes: the features are [rows, features], the result is [tasks, rows, width of the last layer].
public struct OwnEncoder: Layer {
  /// From the features up.
  public let layers: [any Layer]
  public let site: Site

  /// Declares the layers, from the features up; it stands in `EachTask`.
  public init(
    file: String = #fileID, line: Int = #line, @LayerBuilder _ layers: () -> [any Layer]
  ) {
    self.layers = layers()
    self.site = Site(file: file, line: line)
  }

  public var summary: String { "OwnEncoder { \(layers.summary) }" }
  public var keepsTasksApart: Bool { layers.allSatisfy(\.keepsTasksApart) }
  public var declaration: String { "OwnEncoder { \(layers.declaration) }" }

  public func validate() throws(Misuse) {
    guard !layers.isEmpty else {
      throw Misuse("no-layers", "OwnEncoder has no layer", hint: "give it at least Dense(5)")
    }
    for layer in layers {
      try layer.validate()
      try layer.penalty?.validate()
    }
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    guard scope.taskCount != nil else {
      scope.report(
        Misuse(
          "not-in-each-task", "OwnEncoder stands where there are no tasks",
          hint: "put it into EachTask, of a model that is not pooled"))
      return input
    }
    // With an axis of its own, so that its weights are no part of the one that shared layers read by: a
    // penalty on columns keeps or removes a feature for each task's own factors by themselves.
    return scope.run(layers, named: "own", on: scope.taskFeatures)
  }
}
