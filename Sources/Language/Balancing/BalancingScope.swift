import RankineGraph

/// Where a balancing rule declares what it learns and remembers, and asks for gradients.
public final class BalancingScope {
  /// A value that is known only after the parameters have moved: its leaf, its first value, and its
  /// formula in the losses of the same batch after the step.
  typealias LaterState = (leaf: Tensor, initial: Double, next: (_ newLosses: Tensor) -> Tensor)

  /// Where the rule's formula is built.
  public let graph: Graph
  /// In the order of the first axis of the losses.
  public let tasks: [TaskDescription]
  private(set) var parameters: [LoweredParameter] = []
  private(set) var updates: [LoweredObjective.StateUpdate] = []
  private(set) var laterStates: [LaterState] = []
  private(set) var weights: Tensor?
  /// Each task's loss, as the objective gives it.
  let losses: Tensor
  let shared: SharedPart?
  private var drawCount = 0

  init(tasks: [TaskDescription], losses: Tensor, shared: SharedPart?) {
    graph = losses.graph
    self.tasks = tasks
    self.losses = losses
    self.shared = shared
  }

  /// One number per task: [tasks].
  public var taskShape: Shape { [.fixed(tasks.count)] }
  /// The number of the epoch, from 0, a scalar.
  public var epoch: Tensor { graph.input(LeafName.epoch, .scalar) }
  /// The number of the step, from 1, a scalar.
  public var step: Tensor { graph.input(LeafName.step, .scalar) }

  /// One trainable number per task, free of weight decay and penalty.
  public func parameter(_ name: String, initial: Double) -> Tensor {
    let name = "balancing." + name
    let leaf = graph.input(name, taskShape)
    parameters.append(LoweredParameter(leaf: leaf, name: name, initializer: .constant(initial)))
    return leaf
  }

  /// Numbers that are kept from step to step.
  ///
  /// - Parameters:
  ///   - shape: of fixed extents; one number per task when nil.
  ///   - next: its value after this step, given the one before it.
  /// - Returns: the value before this step, and after it.
  public func state(
    _ name: String, _ shape: Shape? = nil, initial: Double,
    next: (_ current: Tensor) -> Tensor
  ) -> (current: Tensor, next: Tensor) {
    let leaf = graph.input("balancing." + name, shape ?? taskShape)
    let value = next(leaf).detached
    updates.append((leaf: leaf, value: value, initial: initial))
    return (leaf, value)
  }

  /// Numbers, one per task, that are renewed after the parameters have moved.
  ///
  /// The losses of the same batch are computed once more with the moved parameters, random layers
  /// drawing as before: the cost of a further forward pass.
  ///
  /// - Parameter next: the value after this step, given the one before it and the new losses.
  /// - Returns: the value before this step.
  public func stateAfterStep(
    _ name: String, initial: Double,
    next: @escaping (_ current: Tensor, _ newLosses: Tensor) -> Tensor
  ) -> Tensor {
    let leaf = graph.input("balancing." + name, taskShape)
    laterStates.append((leaf, initial, { next(leaf, $0) }))
    return leaf
  }

  /// Says which weight each task has in the total [tasks], for the record of the fit.
  public func record(weights: Tensor) {
    self.weights = weights.detached
  }

  /// Seeded draws on [0, 1), new at every step; each call has its own stream.
  public func uniform(_ shape: Shape) -> Tensor {
    drawCount += 1
    return graph.uniform(shape, stream: Self.firstStream + drawCount, counter: step)
  }

  /// Above the streams of random layers.
  private static let firstStream = 1 << 20
}
