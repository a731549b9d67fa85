extension Tensor {
  /// Σ over the given axes, which disappear; over all of them by default.
  public func sum(over axes: [Int]? = nil) -> Tensor {
    let axes = axes ?? Array(shape.dimensions.indices)
    return axes.isEmpty ? self : graph.append(.sum, [self], .axes(axes))
  }

  /// The mean over the given axes, which disappear; over all of them by default.
  public func mean(over axes: [Int]? = nil) -> Tensor {
    let axes = axes ?? Array(shape.dimensions.indices)
    let counts = axes.filter(shape.dimensions.indices.contains).map { graph.extent(shape[$0]) }
    guard var count = counts.first else { return self }
    for other in counts.dropFirst() { count = count * other }
    return sum(over: axes) / count
  }

  /// The largest element over the given axes, which disappear; ties share the derivative evenly. NaN
  /// is passed over, and nothing's largest is −∞.
  public func largest(over axes: [Int]? = nil) -> Tensor {
    let axes = axes ?? Array(shape.dimensions.indices)
    return axes.isEmpty ? self : graph.append(.largest, [self], .axes(axes))
  }

  /// log Σ exp over one axis, which disappears, without overflow.
  public func logSumExp(over axis: Int) -> Tensor {
    let peak = largest(over: [axis]).detached
    let shifted: Tensor = self - peak.restoringAxes(removedFrom: shape, by: [axis])
    return log(exp(shifted).sum(over: [axis])) + peak
  }

  /// √(Σ x²) over the given axes, 1e-15 at least; below that the derivative is taken as 0.
  public func norm(over axes: [Int]? = nil) -> Tensor {
    sqrt(maximum(square(self).sum(over: axes), 1e-30))
  }
}

/// op(A)·op(B) over the last two axes, op being a transposition or nothing; leading axes are aligned
/// at the right and stretch.
///
/// - Shapes: [lead…, m, k] and [lead…, k, n], before transposition, give [lead…, m, n].
public func matmul(
  _ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false
) -> Tensor {
  a.graph.append(.matmul, [a, b], .transposition(a: transposeA, b: transposeB))
}
