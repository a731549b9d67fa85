import RankineGraph

/// Lets each unit through as far as all units together say: y = x ⊙ σ(x Wᵀ + b).
///
/// - Shapes: x is [rows, width] or [tasks, rows, width], W is [width, width], b is [width].
/// - Parameters start as He-normal weights and zero biases, so that half of each unit passes.
public struct Gated: Layer {
  public let site: Site

  /// A gate as wide as its input.
  public init(file: String = #fileID, line: Int = #line) {
    self.site = Site(file: file, line: line)
  }

  public var summary: String { "Gated()" }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    let width: Dimension = input.shape[input.shape.rank - 1]
    let weight = scope.weight(
      "weight", outputs: width, inputs: width, initializer: .heNormal(fanIn: width.count ?? 1))
    let bias = scope.vector("bias", width: width, initializer: .zeros)
    return input * sigmoid(matmul(input, weight, transposeB: true) + bias)
  }
}
