import RankineGraph

/// Lets each task take from a shared layer what it needs, unit by unit.
///
/// With u the output of a layer of `Shared` and v the layer below in `EachTask`, if there is one:
///
///     a = σ( B φ( A [u, v] + a₀ ) + b₀ ),   output = φ( C (a ⊙ u) + c₀ )
///
/// A and B are each task's own, C is the same for all tasks.
///
///     Shared { Dense(64, activation: .silu); Dense(32, activation: .silu) }
///     EachTask { Attention(to: 0, width: 32); Attention(to: 1, width: 32); Dense(1) }
///
/// - Shapes: u is [rows, units]; the output is [tasks, rows, width]. A has as many outputs as u has units.
/// - Source: Liu, Johns & Davison, CVPR 2019, arXiv:1803.10704, section 3.1 (MTAN), with dense layers in
///   the place of convolutions, no normalization, and any φ in the place of max(x, 0).
public struct Attention: Layer {
  /// The number of the layer of `Shared`, from 0.
  public let level: Int
  /// Units of the output.
  public let width: Int
  /// φ.
  public let activation: Activation
  public let site: Site

  /// - Parameters:
  ///   - level: the number of the layer of `Shared`, from 0.
  ///   - width: units of the output.
  ///   - activation: φ, of the mask's hidden layer and of the output.
  public init(
    to level: Int, width: Int, activation: Activation = .silu, file: String = #fileID,
    line: Int = #line
  ) {
    (self.level, self.width, self.activation) = (level, width, activation)
    self.site = Site(file: file, line: line)
  }

  public var summary: String {
    "Attention(to: \(level), width: \(width), activation: \(activation))"
  }
  public var readsSharedLayers: Bool { true }

  public func validate() throws(Misuse) {
    try Dense(width).validate()
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    guard scope.sharedOutputs.indices.contains(level) else {
      let count = scope.sharedOutputs.count
      scope.report(
        Misuse(
          "no-such-layer", "Attention looks at layer \(level) of Shared, which has \(count)",
          hint: count == 0 ? "give Shared a layer" : "give a number from 0 to \(count - 1)"))
      return input
    }
    let u = scope.sharedOutputs[level]
    let units = u.shape[u.shape.rank - 1].count ?? 1
    // The first layer of EachTask has nothing of the task's own below it.
    let isFirst = scope.sharedOutputs.last == input
    let seen = isFirst ? u : joining(u, input)
    let hidden = scope.run(
      [Dense(units, activation: activation), Dense(units, activation: .sigmoid)], named: "mask",
      on: seen
    )
    return scope.run(
      [Dense(width, activation: activation)], named: "output", copies: [], on: hidden * u)
  }

  private func joining(_ u: Tensor, _ v: Tensor) -> Tensor {
    var shape = v.shape
    shape.dimensions[shape.rank - 1] = u.shape[u.shape.rank - 1]
    return concatenate([u.broadcast(to: shape), v], along: shape.rank - 1)
  }
}
