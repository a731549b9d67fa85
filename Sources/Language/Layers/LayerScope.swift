import RankineGraph

/// Where a layer declares its parameters, and what it may ask about its surroundings.
///
/// Inside `EachTask` every parameter gets a leading axis of one entry per task.
public final class LayerScope {
  /// Where the layer's formula is built.
  public let graph: Graph
  /// One entry per task when the layer stands in `EachTask`; nil in the shared part.
  public let taskCount: Int?
  /// Whether the formula is for a training step; random layers act only then.
  public let isTraining: Bool
  private let path: String
  private let suffix: String
  private let stream: Int
  private let declare: (LoweredParameter, _ isWeight: Bool) -> Void

  init(
    graph: Graph, path: String, suffix: String, taskCount: Int?, isTraining: Bool, stream: Int,
    declare: @escaping (LoweredParameter, _ isWeight: Bool) -> Void
  ) {
    self.graph = graph
    self.path = path
    self.suffix = suffix
    self.taskCount = taskCount
    self.isTraining = isTraining
    self.stream = stream
    self.declare = declare
  }

  /// A matrix [outputs, inputs] that multiplies the layer's input. Decoupled weight decay acts on it
  /// unless it is the network's first.
  ///
  /// - Returns: [outputs, inputs], or [tasks, outputs, inputs] inside `EachTask`.
  public func weight(
    _ name: String, outputs: Dimension, inputs: Dimension, initializer: Initializer,
    penalty: (any Penalty)? = nil
  ) -> Tensor {
    parameter(name, [outputs, inputs], initializer, isWeight: true, penalty: penalty)
  }

  /// A number for each output, free of penalty and decay, ready to meet [rows, width].
  ///
  /// - Returns: [width], or [tasks, 1, width] inside `EachTask`.
  public func vector(_ name: String, width: Dimension, initializer: Initializer) -> Tensor {
    let values = parameter(name, [width], initializer, isWeight: false, penalty: nil)
    return taskCount.map { values.reshaped(to: [.fixed($0), 1, width]) } ?? values
  }

  /// Seeded draws on [0, 1), new at every step; each layer has its own stream.
  public func uniform(_ shape: Shape) -> Tensor {
    graph.uniform(shape, stream: stream, counter: graph.input("step", .scalar))
  }

  private func parameter(
    _ name: String, _ shape: Shape, _ initializer: Initializer, isWeight: Bool,
    penalty: (any Penalty)?
  ) -> Tensor {
    let stacked = taskCount.map { Shape([.fixed($0)] + shape.dimensions) } ?? shape
    let leaf = graph.input("\(path).\(name)\(suffix)", stacked)
    declare(
      LoweredParameter(
        leaf: leaf, name: "\(path).\(name)\(suffix)", initializer: initializer, decays: isWeight,
        penalty: penalty),
      isWeight)
    return leaf
  }
}
