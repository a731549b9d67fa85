import RankineGraph

/// Brings the units of each row to mean 0 and variance 1, then scales and shifts each unit.
///
///     y = γ · (x − mean(x)) / √(var(x) + ε) + β,   over the units of one row
///
/// - Shapes: x is [rows, width] or [tasks, rows, width]; γ (starts at 1) and β (at 0) are [width].
/// - Source: Ba, Kiros & Hinton, arXiv:1607.06450, section 3; ε = 1e-5.
public struct LayerNorm: Layer {
  /// ε, added to the variance.
  public let epsilon: Double
  public let site: Site

  /// - Parameter epsilon: added to the variance, above 0.
  public init(epsilon: Double = 1e-5, file: String = #fileID, line: Int = #line) {
    self.epsilon = epsilon
    self.site = Site(file: file, line: line)
  }

  public var keepsTasksApart: Bool { true }

  public var summary: String { "LayerNorm()" }

  public func validate() throws(Misuse) {
    try Misuse.unlessPositive(epsilon, "epsilon", of: summary)
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    let last = input.shape.rank - 1
    let width: Dimension = input.shape[last]
    var kept = input.shape
    kept.dimensions[last] = 1
    let centered: Tensor = input - input.mean(over: [last]).reshaped(to: kept)
    let variance: Tensor = square(centered).mean(over: [last]).reshaped(to: kept)
    let standardized: Tensor = centered / sqrt(variance + epsilon)
    let scale = scope.vector("scale", width: width, initializer: .constant(1))
    let shift = scope.vector("shift", width: width, initializer: .zeros)
    return standardized * scale + shift
  }
}
