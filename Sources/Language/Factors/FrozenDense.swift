import RankineGraph

/// A dense layer whose weights are given and stay as they are: part of an encoder that other tasks have
/// learned.
///
///     y = φ( x Wᵀ + b )
///
/// - Shapes: x is [rows, inputs], W is [units, inputs] by rows, b is [units].
public struct FrozenDense: Layer {
  /// W, row by row.
  public let weight: [Double]
  /// b, which says how many units there are.
  public let bias: [Double]
  /// φ.
  public let activation: Activation
  public let site: Site

  /// Declares a layer of given weights.
  public init(
    weight: [Double], bias: [Double], activation: Activation = .identity, file: String = #fileID,
    line: Int = #line
  ) {
    (self.weight, self.bias, self.activation) = (weight, bias, activation)
    self.site = Site(file: file, line: line)
  }

  public var keepsTasksApart: Bool { true }

  public var summary: String {
    "FrozenDense(\(bias.count) units"
      + (activation.name == "identity" ? ")" : ", activation: .\(activation.name))")
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    let inputs: Dimension = input.shape[input.shape.rank - 1]
    let units = bias.count
    guard units > 0, let width = inputs.count, weight.count == units * width else {
      scope.report(
        Misuse(
          "weights-do-not-fit",
          "\(weight.count) weights are given for \(units) units that read \(inputs) numbers",
          hint: "give a weight for each unit and input"))
      return input
    }
    let matrix = scope.frozen("weight", [.fixed(units), inputs], weight)
    let vector = scope.frozen("bias", [.fixed(units)], bias)
    return activation(matmul(input, matrix, transposeB: true) + vector)
  }
}
