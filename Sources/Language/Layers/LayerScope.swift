import RankineGraph

/// Where a layer declares its parameters, and what it may ask about its surroundings.
///
/// Every parameter gets the leading axes of the copies that are computed together: one entry per task
/// inside `EachTask`, one per expert inside `Experts`.
public final class LayerScope {
  /// One entry per task when the layer stands in `EachTask`; nil in the shared part.
  public let taskCount: Int?
  /// The lengths of the leading axes of every parameter: none in the shared part, the number of tasks
  /// inside `EachTask`, and that of the experts inside `Experts`.
  public let copies: [Int]
  /// What the layers of `Shared` gave, from the features up: [rows, width], or [tasks, rows, width]
  /// where each task reads a copy of its own. Empty inside `Shared`.
  public let sharedOutputs: [Tensor]
  let pass: NetworkPass
  let path: String
  private let stream: Int

  init(
    _ pass: NetworkPass, path: String, taskCount: Int?, copies: [Int]? = nil,
    sharedOutputs: [Tensor] = []
  ) {
    self.pass = pass
    self.path = path
    self.taskCount = taskCount
    self.copies = copies ?? taskCount.map { [$0] } ?? []
    self.sharedOutputs = sharedOutputs
    stream = pass.nextStream()
  }

  /// Where the layer's formula is built.
  public var graph: Graph { pass.graph }
  /// Whether the formula is for a training step; random layers act only then.
  public var isTraining: Bool { pass.isTraining }
  /// 1 in each task's rows, else 0 [tasks, rows]; nil where all tasks share the rows, or where scores are
  /// asked for.
  public var ownRows: Tensor? { pass.ownRows }
  /// The features of the rows [rows, features], for layers that look past the one below.
  public var features: Tensor { pass.features }
  /// The features of the rows that each task reads, with an axis of tasks: [tasks, rows, features], or
  /// [1, rows, features] where all read the same.
  public var taskFeatures: Tensor {
    pass.rowSets?.read(features) ?? features.insertingAxis(at: 0)
  }
  /// Whether tasks read rows of their own alone, so that what they read of shared layers has an axis of
  /// tasks.
  var readsOwnRows: Bool { pass.rowSets != nil }

  // MARK: Parameters

  /// x Wᵀ, with a weight W [outputs, inputs] of the layer's own, drawn He-normal.
  ///
  /// Where several layers read the features, or several experts do, their weights are the rows of one
  /// parameter `input.weight` [all outputs, features]: one product serves all of them, and the penalty
  /// that one of them declares acts on the columns of the whole, so that a feature is kept or
  /// removed for all of its readers.
  ///
  /// - Parameter input: [rows, inputs], or with leading axes that are the copies' or stretch to them.
  /// - Returns: [copies…, rows, outputs].
  public func product(
    of input: Tensor, outputs: Int, name: String = "weight", penalty: (any Penalty)? = nil
  ) -> Tensor {
    let inputs: Dimension = input.shape[input.shape.rank - 1]
    if input == features,
      let product = pass.featureProduct(
        InputReader(path: "\(path).\(name)", copies: copies, outputs: outputs, penalty: penalty))
    {
      return product
    }
    let weight = weight(
      name, outputs: .fixed(outputs), inputs: inputs,
      initializer: .heNormal(fanIn: inputs.count ?? 1), penalty: penalty)
    return matmul(input, weight, transposeB: true)
  }

  /// A matrix [outputs, inputs] that multiplies the layer's input. Decoupled weight decay acts on it
  /// unless it is the network's first.
  ///
  /// - Returns: [copies…, outputs, inputs].
  public func weight(
    _ name: String, outputs: Dimension, inputs: Dimension, initializer: Initializer,
    penalty: (any Penalty)? = nil
  ) -> Tensor {
    let kind: WeightCopies = copies.isEmpty ? .none : copies == [taskCount] ? .tasks : .others
    return parameter(
      name, Shape(copies.map { .fixed($0) } + [outputs, inputs]), initializer, isWeight: true,
      penalty: penalty, copies: kind)
  }

  /// A number for each output, free of penalty and decay, ready to meet [rows, width].
  ///
  /// - Returns: [width], or [copies…, 1, width].
  public func vector(_ name: String, width: Dimension, initializer: Initializer) -> Tensor {
    let leading = copies.map { Dimension.fixed($0) }
    let values = parameter(
      name, Shape(leading + [width]), initializer, isWeight: false, penalty: nil, copies: .none)
    return leading.isEmpty ? values : values.reshaped(to: Shape(leading + [1, width]))
  }

  /// Numbers of any shape that all copies have in common, free of penalty and decay.
  public func numbers(_ name: String, _ shape: Shape, initializer: Initializer) -> Tensor {
    parameter(name, shape, initializer, isWeight: false, penalty: nil, copies: .none)
  }

  /// Coefficients of factors, which start at 0 unless their penalty says otherwise: phases of training can move them apart from the network.
  public func coefficients(
    _ name: String, _ shape: Shape, penalty: (any Penalty)? = nil
  ) -> Tensor {
    parameter(
      name, shape, penalty?.initializer ?? .zeros, isWeight: false, penalty: penalty,
      copies: .others, role: .coefficient)
  }

  /// Numbers of a scale: no optimizer moves them, and the phase `rescaling` renews them.
  public func scale(_ name: String, _ shape: Shape, initial: Double) -> Tensor {
    parameter(
      name, shape, .constant(initial), isWeight: false, penalty: nil, copies: .none, role: .scale)
  }

  /// Numbers that stay as they are given.
  public func frozen(_ name: String, _ shape: Shape, _ values: [Double]) -> Tensor {
    parameter(
      name, shape, .given(values), isWeight: false, penalty: nil, copies: .none, role: .scale)
  }

  /// Says what the phase `rescaling` makes of a parameter; together, such changes leave scores as they
  /// are.
  public func renew(_ parameter: Tensor, to value: Tensor) { pass.renew(parameter, to: value) }

  /// Adds a term to the objective, a scalar: a penalty on what layers give.
  public func add(_ term: Tensor) { pass.add(term) }

  /// Seeded draws on [0, 1), new at every step; each layer has its own stream.
  public func uniform(_ shape: Shape) -> Tensor {
    graph.uniform(shape, stream: stream, counter: graph.input("step", .scalar))
  }

  /// Says that the layer cannot do its work here; the model's error names its line.
  public func report(_ misuse: Misuse) {
    graph.report(GraphError(misuse.code, misuse.message, hint: misuse.hint))
  }

  func parameter(
    _ name: String, _ shape: Shape, _ initializer: Initializer, isWeight: Bool,
    penalty: (any Penalty)?, copies: WeightCopies, role: ParameterRole = .network
  ) -> Tensor {
    pass.declare(
      "\(path).\(name)", shape, initializer, isWeight: isWeight, penalty: penalty, copies: copies,
      role: role)
  }
}
