import RankineGraph

/// A layer whose weight is the sum of one that all tasks share and one of each task's own.
///
///     yₖ = φ( x (W + Vₖ)ᵀ + bₖ )
///
/// W and all Vₖ are one parameter, so that a penalty can act on a feature's columns of all of them:
/// `Dirty` and `Hierarchical` are made for it. A feature's importance for task k is the norm of its column of
/// W + Vₖ.
///
/// - Shapes: x is [rows, inputs] or [tasks, rows, inputs], the parameter is [1 + tasks, units, inputs] with
///   W first, b is [tasks, units].
/// - Source: Jalali, Ravikumar, Sanghavi & Ruan, NeurIPS 2010, for linear models.
public struct SharedPlusOwn: Layer {
  /// The width of the output.
  public let units: Int
  /// φ.
  public let activation: Activation
  public private(set) var penalty: (any Penalty)?
  public let site: Site

  /// Declares a layer of some units; it stands in `EachTask`.
  public init(
    _ units: Int, activation: Activation = .identity, file: String = #fileID, line: Int = #line
  ) {
    self.units = units
    self.activation = activation
    self.site = Site(file: file, line: line)
  }

  /// The same layer with a penalty on its weights; the biases stay free.
  public func penalized(by penalty: any Penalty) -> SharedPlusOwn {
    var layer = self
    layer.penalty = penalty
    return layer
  }

  public var keepsTasksApart: Bool { true }

  public var summary: String {
    "SharedPlusOwn(\(units)\(activation.isIdentity ? "" : ", activation: \(activation)"))"
  }

  public var sharesWeights: Bool { true }

  public func validate() throws(Misuse) {
    try Dense(units).validate()
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    guard let taskCount = scope.taskCount else {
      scope.report(
        Misuse(
          "not-in-each-task", "SharedPlusOwn stands where there are no tasks",
          hint: "put it into EachTask, of a model that is not pooled"))
      return input
    }
    let inputs: Dimension = input.shape[input.shape.rank - 1]
    let weight = scope.parameter(
      "weight", [.fixed(1 + taskCount), .fixed(units), inputs],
      .heNormal(fanIn: 2 * (inputs.count ?? 1)), isWeight: true, penalty: penalty,
      copies: .sharedAndTasks)
    let sum: Tensor =
      weight.sliced(0, from: 0, count: 1) + weight.sliced(0, from: 1, count: taskCount)
    let bias = scope.vector("bias", width: .fixed(units), initializer: .zeros)
    return activation(matmul(input, sum, transposeB: true) + bias)
  }
}
