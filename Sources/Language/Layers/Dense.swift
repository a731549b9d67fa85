import RankineGraph

/// Mixes all inputs into each unit: y = φ(x Wᵀ + b).
///
/// - Shapes: x is [rows, inputs] or [copies…, rows, inputs], W is [units, inputs], b is [units].
/// - Parameters start as He-normal weights and zero biases.
public struct Dense: Layer {
  /// The width of the output.
  public let units: Int
  /// φ.
  public let activation: Activation
  /// Whether b is there.
  public let hasBias: Bool
  public private(set) var penalty: (any Penalty)?
  public let site: Site
  /// The most units.
  private static let largestWidth = 1 << 20

  /// Declares a layer of some units; the input's width follows from what is below it.
  public init(
    _ units: Int, activation: Activation = .identity, bias: Bool = true, file: String = #fileID,
    line: Int = #line
  ) {
    self.units = units
    self.activation = activation
    self.hasBias = bias
    self.site = Site(file: file, line: line)
  }

  /// The same layer with a penalty on its weight; the bias stays free.
  public func penalized(by penalty: any Penalty) -> Dense {
    var layer = self
    layer.penalty = penalty
    return layer
  }

  public var keepsTasksApart: Bool { true }

  public var summary: String {
    let parts =
      ["\(units)"] + (activation.isIdentity ? [] : ["activation: \(activation)"])
      + (hasBias ? [] : ["bias: false"])
    return "Dense(\(parts.joined(separator: ", ")))"
  }

  public func validate() throws(Misuse) {
    guard units >= 1 else {
      throw Misuse("no-units", "Dense has \(units) units", hint: "give it at least 1")
    }
    guard units <= Self.largestWidth else {
      throw Misuse(
        "too-many-units", "Dense has \(units) units",
        hint: "give it at most \(Self.largestWidth)")
    }
    try penalty?.validate()
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    var output = scope.product(of: input, outputs: units, penalty: penalty)
    if hasBias {
      output = output + scope.vector("bias", width: .fixed(units), initializer: .zeros)
    }
    return activation(output)
  }
}
