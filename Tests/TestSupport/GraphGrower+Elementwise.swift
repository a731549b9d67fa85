import RankineGraph

extension GraphGrower {
  /// Adds an operation element by element, on operands that stretch to a common shape.
  mutating func growElementwise(_ op: Op) {
    let a = pick(pool)
    let b = partner(of: a)
    let (x, y) = (a.tensor, b.tensor)
    switch op {
    case .add: keep(x + y, below: a.bound + b.bound)
    case .subtract: keep(x - y, below: a.bound + b.bound)
    case .multiply: keep(x * y, below: a.bound * b.bound)
    case .divide: keep(x / (0.5 + square(y)), below: 2 * a.bound)
    case .maximum: keep(maximum(x, y), below: max(a.bound, b.bound))
    case .minimum: keep(minimum(x, y), below: max(a.bound, b.bound))
    case .greater: keep(greater(x, y), below: 1)
    case .equal: keep(equal(x, y), below: 1)
    case .select:
      let condition: Tensor = chance(0.5) ? greater(x, y) : x
      keep(select(condition, y, -x), below: max(a.bound, b.bound))
    case .negate: keep(-x, below: a.bound)
    case .exp: keep(exp(x / max(1, a.bound)), below: 2.72)
    case .log: keep(log(1 + square(x)), below: 1 + a.bound)
    case .squareRoot: keep(sqrt(0.5 + square(x)), below: 1 + a.bound)
    case .sigmoid: keep(sigmoid(3 * x), below: 1)
    case .tanh: keep(tanh(x), below: 1)
    case .softplus: keep(softplus(x), below: 1 + a.bound)
    case .absolute: keep(abs(x), below: a.bound)
    case .sign: keep(sign(x), below: 1)
    case .detach: keep(x.detached, below: a.bound)
    case .leaf, .constant, .extent, .uniform, .matmul, .sum, .largest, .broadcast, .reshape,
      .transpose, .slice, .concatenate, .gather, .scatterAdd, .pairReduce:
      preconditionFailure("\(op) is not elementwise")
    }
  }

  /// A value that stretches with another, preferably with one axis shrunk or missing.
  private mutating func partner(of value: Grown) -> Grown {
    let fitting = pool.filter { Shape.broadcast($0.tensor.shape, value.tensor.shape) != nil }
    guard canDeclare, chance(0.3) else { return pick(fitting) }
    var dimensions = value.tensor.shape.dimensions
    if !dimensions.isEmpty { dimensions[below(dimensions.count)] = 1 }
    if !dimensions.isEmpty, chance(0.5) { dimensions.removeFirst() }
    return leaf(Shape(dimensions))
  }
}
