import RankineGraph

/// Where a balancing rule declares what it learns and remembers, and asks for gradients.
public final class BalancingScope {
  /// Where the rule's formula is built.
  public let graph: Graph
  /// In the order of the first axis of the losses.
  public let tasks: [TaskDescription]
  private(set) var parameters: [LoweredParameter] = []
  private(set) var updates: [LoweredObjective.StateUpdate] = []
  private(set) var weights: Tensor?
  private let losses: Tensor
  /// The shared representation [rows, width], the copies of it that the tasks read
  /// [tasks, rows, width], and the first weight before it.
  private let fork: (trunk: Tensor, copies: Tensor, weight: Tensor)?

  init(
    tasks: [TaskDescription], losses: Tensor,
    fork: (trunk: Tensor, copies: Tensor, weight: Tensor)?
  ) {
    graph = losses.graph
    self.tasks = tasks
    self.losses = losses
    self.fork = fork
  }

  /// One trainable number per task, free of weight decay and penalty.
  public func parameter(_ name: String, initial: Double) -> Tensor {
    let name = "balancing." + name
    let leaf = graph.input(name, [.fixed(tasks.count)])
    parameters.append(LoweredParameter(leaf: leaf, name: name, initializer: .constant(initial)))
    return leaf
  }

  /// One number per task, kept from step to step.
  ///
  /// - Parameter next: its value after this step, given the one before it.
  /// - Returns: the value before this step, and after it.
  public func state(
    _ name: String, initial: Double, next: (_ current: Tensor) -> Tensor
  ) -> (current: Tensor, next: Tensor) {
    let leaf = graph.input("balancing." + name, [.fixed(tasks.count)])
    let value = next(leaf).detached
    updates.append((leaf: leaf, value: value, initial: initial))
    return (leaf, value)
  }

  /// Says which weight each task has in the total [tasks], for the record of the fit.
  public func record(weights: Tensor) {
    self.weights = weights.detached
  }

  /// ‖∂Lₖ/∂W‖ for each task [tasks], W the first shared weight; no derivative passes through it.
  ///
  /// One backward pass through the tasks' own layers serves all tasks; the shared layers take one each.
  public func gradientNorms() -> Tensor {
    guard let fork else { return graph.constant(0).broadcast(to: [.fixed(tasks.count)]) }
    let perTask = losses.sum().gradient(of: fork.copies)
    let norms = tasks.indices.map { task in
      fork.trunk.cotangents(of: [fork.weight], given: perTask.element(task))[0].norm()
    }
    return stack(norms).detached
  }
}
