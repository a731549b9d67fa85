/// Arithmetic element by element. Axes are aligned at the right, and an axis of size one, or a missing
/// one, stretches; shapes that do not fit are a misfit of the graph (`shape-mismatch`).
extension Tensor {
  public static func + (a: Tensor, b: Tensor) -> Tensor { elementwise(.add, a, b) }
  public static func - (a: Tensor, b: Tensor) -> Tensor { elementwise(.subtract, a, b) }
  public static func * (a: Tensor, b: Tensor) -> Tensor { elementwise(.multiply, a, b) }
  public static func / (a: Tensor, b: Tensor) -> Tensor { elementwise(.divide, a, b) }

  public static func + (a: Tensor, b: Double) -> Tensor { a + a.graph.constant(b) }
  public static func - (a: Tensor, b: Double) -> Tensor { a - a.graph.constant(b) }
  public static func * (a: Tensor, b: Double) -> Tensor { a * a.graph.constant(b) }
  public static func / (a: Tensor, b: Double) -> Tensor { a / a.graph.constant(b) }

  public static func + (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) + b }
  public static func - (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) - b }
  public static func * (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) * b }
  public static func / (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) / b }

  public static prefix func - (a: Tensor) -> Tensor { a.graph.append(.negate, [a]) }
}

/// Applies a binary operation after stretching both operands to their common shape.
func elementwise(_ op: Op, _ a: Tensor, _ b: Tensor) -> Tensor {
  guard let shape = Shape.broadcast(a.shape, b.shape) else {
    a.graph.report(
      GraphError(
        "shape-mismatch", "\(op.definition.name) of \(a.shape) and \(b.shape)",
        hint: "axes are aligned at the right and only an axis of size 1 stretches"))
    return a
  }
  return a.graph.append(op, [a.broadcast(to: shape), b.broadcast(to: shape)])
}
