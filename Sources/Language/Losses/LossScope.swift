import RankineGraph

/// Collects what the losses of an objective learn besides the network.
final class LossScope {
  private(set) var parameters: [LoweredParameter] = []

  func declare(_ parameter: LoweredParameter) { parameters.append(parameter) }
}

/// Where a loss stands: the scope, and a name of its own in it.
extension TaskBatch {
  /// Trainable numbers of the loss, free of penalty and weight decay.
  ///
  /// - Parameters:
  ///   - name: one of its own for each array of a loss.
  ///   - width: how many numbers each task has; one when nil.
  ///   - initial: the first value of each.
  /// - Returns: [tasks], or [tasks, width].
  public func parameter(_ name: String, width: Int? = nil, initial: Double) -> Tensor {
    let leafName = "\(path).\(name)"
    let leaf = graph.input(
      leafName, Shape([.fixed(tasks.count)] + (width.map { [.fixed($0)] } ?? [])))
    scope.declare(LoweredParameter(leaf: leaf, name: leafName, initializer: .constant(initial)))
    return leaf
  }

  /// The same rows at other scores.
  func replacing(scores: Tensor) -> TaskBatch {
    var batch = self
    batch.scores = scores
    return batch
  }

  /// Some of the tasks, for the loss that stands at a place inside of this one.
  func part(_ members: [Int], of index: Int) -> TaskBatch {
    var batch = TaskBatch(self, members)
    batch.path += ".\(index)"
    return batch
  }
}
