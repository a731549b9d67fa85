/// Elementwise functions of tensors: the primitives, then formulas over them.

/// eˣ.
public func exp(_ x: Tensor) -> Tensor { x.graph.append(.exp, [x]) }

/// Natural logarithm; −∞ at 0 and NaN below.
public func log(_ x: Tensor) -> Tensor { x.graph.append(.log, [x]) }

/// √x, with an infinite derivative at 0; `norm` has a finite one.
public func sqrt(_ x: Tensor) -> Tensor { x.graph.append(.squareRoot, [x]) }

/// Logistic sigmoid σ(x) = 1/(1 + e⁻ˣ), with σ' = σ(1 − σ); without overflow.
public func sigmoid(_ x: Tensor) -> Tensor { x.graph.append(.sigmoid, [x]) }

/// Hyperbolic tangent (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ), with tanh' = 1 − tanh².
public func tanh(_ x: Tensor) -> Tensor { x.graph.append(.tanh, [x]) }

/// log(1 + eˣ), whose derivative is σ(x); without overflow.
public func softplus(_ x: Tensor) -> Tensor { x.graph.append(.softplus, [x]) }

/// |x|, with derivative 0 at 0.
public func abs(_ x: Tensor) -> Tensor { x.graph.append(.absolute, [x]) }

/// −1, 0 or 1; its derivative is taken as 0.
public func sign(_ x: Tensor) -> Tensor { x.graph.append(.sign, [x]) }

/// 1 where a > b, else 0, also where one is NaN; its derivative is taken as 0.
public func greater(_ a: Tensor, _ b: Tensor) -> Tensor { elementwise(.greater, a, b) }

/// 1 where a = b, else 0, also where one is NaN; its derivative is taken as 0.
public func equal(_ a: Tensor, _ b: Tensor) -> Tensor { elementwise(.equal, a, b) }

/// The larger of two; at a tie each side gets half of the derivative.
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { elementwise(.maximum, a, b) }

/// The larger of a value and a number.
public func maximum(_ a: Tensor, _ b: Double) -> Tensor { maximum(a, a.graph.constant(b)) }

/// The smaller of two; at a tie each side gets half of the derivative.
public func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { elementwise(.minimum, a, b) }

/// The smaller of a value and a number.
public func minimum(_ a: Tensor, _ b: Double) -> Tensor { minimum(a, a.graph.constant(b)) }

/// `a` where the condition is not 0, else `b`; all three stretch to a common shape.
///
/// The value of the arm not taken may be infinite or NaN. Its derivative gets the cotangent 0, and 0
/// times an infinite slope is NaN: where an arm has a pole, keep its argument away from it too.
public func select(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
  guard let ab = Shape.broadcast(a.shape, b.shape),
    let shape = Shape.broadcast(condition.shape, ab)
  else {
    a.graph.report(
      GraphError("shape-mismatch", "select of \(condition.shape), \(a.shape) and \(b.shape)"))
    return a
  }
  return a.graph.append(.select, [condition, a, b].map { $0.broadcast(to: shape) })
}

/// x².
public func square(_ x: Tensor) -> Tensor { x * x }

/// max(x, 0), with derivative 0 at 0.
public func relu(_ x: Tensor) -> Tensor { select(greater(x, x.graph.constant(0)), x, x.zeros) }

/// x·σ(x), also called swish.
public func silu(_ x: Tensor) -> Tensor { x * sigmoid(x) }
