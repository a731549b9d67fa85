import RankineGraph

/// Applies algebraic identities, folds constants, joins rearrangements, and drops what nobody needs.
///
/// Identities with 0 hold for finite operands: 0·x and x − x are 0. Values that may not be finite reach a
/// result only through `select` and comparisons, which are left alone.
struct Simplification: Pass {
  static let name = "simplification"

  func run(_ program: Program) throws(GraphError) -> Program {
    try rebuild(program) { node, operands, graph throws(GraphError) in
      try Self.simplified(node.op, operands, node.attribute, graph)
    }
  }

  /// The instruction in its simplest form.
  static func simplified(
    _ op: Op, _ operands: [Tensor], _ attribute: Attribute, _ graph: Graph
  ) throws(GraphError) -> Tensor {
    if case .pair(let pair) = attribute { return try simplified(pair, operands, graph) }
    if op.isElementwise { return simplifiedElementwise(op, operands, graph) }
    if let joined = joinedRearrangement(op, operands, attribute) { return joined }
    return graph.append(op, operands, attribute)
  }

  // MARK: Elementwise

  static func simplifiedElementwise(_ op: Op, _ operands: [Tensor], _ graph: Graph)
    -> Tensor
  {
    var x = operands
    if op == .detach { return x[0] }
    if let folded = folded(op, x, graph) { return folded }
    if let small = computedBeforeStretching(op, x, graph) { return small }
    if op.definition.isCommutative { x.sort { $0.id < $1.id } }
    if let outside = constantMovedOut(op, x, graph) { return outside }
    switch op {
    case .add:
      if x[0].splat == 0 { return x[1] }
      if x[1].splat == 0 { return x[0] }
      if let y = x[1].negated { return simplifiedElementwise(.subtract, [x[0], y], graph) }
      if let y = x[0].negated { return simplifiedElementwise(.subtract, [x[1], y], graph) }
      if x[0] == x[1], x[0].shape == .scalar {
        return simplifiedElementwise(.multiply, [x[0], graph.constant(2)], graph)
      }
      if let product = commonFactorMovedOut(.add, x, graph) { return product }
    case .subtract:
      if x[0] == x[1] { return graph.constant(0).broadcast(to: x[0].shape) }
      if x[1].splat == 0 { return x[0] }
      if x[0].splat == 0 { return simplifiedElementwise(.negate, [x[1]], graph) }
      if let y = x[1].negated { return simplifiedElementwise(.add, [x[0], y], graph) }
      if let sum = sumOfConstantProducts(x, graph) { return sum }
      if let product = commonFactorMovedOut(.subtract, x, graph) { return product }
    case .multiply:
      for (factor, other) in [(x[0], x[1]), (x[1], x[0])] {
        if factor.splat == 1 { return other }
        if factor.splat == 0 { return factor }
        if factor.splat == -1 { return simplifiedElementwise(.negate, [other], graph) }
        if let positive = factor.negated {
          return simplifiedElementwise(
            .negate, [simplifiedElementwise(.multiply, [positive, other], graph)], graph)
        }
      }
    case .divide:
      if x[1].splat == 1 { return x[0] }
      if x[0].splat == 0 { return x[0] }
    case .negate:
      if let y = x[0].negated { return y }
    case .select:
      if let condition = x[0].splat { return condition != 0 ? x[1] : x[2] }
      if x[2].splat == 0, x[1].isZeroUnless(x[0]) { return x[1] }
    default: break
    }
    return graph.append(op, x)
  }

  /// The value of an operation on constants, stretched to its shape.
  private static func folded(_ op: Op, _ x: [Tensor], _ graph: Graph) -> Tensor? {
    guard let evaluate = op.definition.evaluate else { return nil }
    let constants = x.compactMap(\.splat)
    guard constants.count == x.count else { return nil }
    return graph.constant(evaluate(constants)).broadcast(to: x[0].shape)
  }

  /// An operation on operands that all repeat the same smaller shape, done before repeating.
  private static func computedBeforeStretching(
    _ op: Op, _ x: [Tensor], _ graph: Graph
  ) -> Tensor? {
    let sources = x.map { $0.splat == nil ? $0.stretchedFrom : nil }
    guard let shape = sources.compactMap({ $0?.shape }).first else { return nil }
    var small: [Tensor] = []
    for (operand, source) in zip(x, sources) {
      if let constant = operand.splat {
        small.append(graph.constant(constant).broadcast(to: shape))
      } else if let source, source.shape == shape {
        small.append(source)
      } else {
        return nil
      }
    }
    return simplifiedElementwise(op, small, graph).broadcast(to: x[0].shape)
  }

  /// Constant factors of numbers, such as those in a pair body, moved towards the result, where they
  /// can leave a sum: (k·x)·y = k·(x·y), k·x ± k·y = k·(x ± y), x/k = (1/k)·x.
  private static func constantMovedOut(_ op: Op, _ x: [Tensor], _ graph: Graph) -> Tensor? {
    guard x[0].shape == .scalar else { return nil }
    func product(_ constant: Double, _ y: Tensor) -> Tensor {
      simplifiedElementwise(.multiply, [graph.constant(constant), y], graph)
    }
    switch op {
    case .multiply:
      for (y, other) in [(x[0], x[1]), (x[1], x[0])] {
        guard let (constant, factor) = y.constantFactor else { continue }
        if let second = other.constantValue { return product(constant * second, factor) }
        return product(constant, simplifiedElementwise(.multiply, [factor, other], graph))
      }
    case .add, .subtract:
      guard let (a, y) = x[0].constantFactor, let (b, z) = x[1].constantFactor, a == b else {
        return nil
      }
      return product(a, simplifiedElementwise(op, [y, z], graph))
    case .divide:
      guard let divisor = x[1].splat, divisor != 0, divisor != 1, x[0].splat == nil else {
        return nil
      }
      return product(1 / divisor, x[0])
    default: break
    }
    return nil
  }

  /// a·x − b·y of numbers as a·x + (−b)·y, which is one operation.
  private static func sumOfConstantProducts(_ x: [Tensor], _ graph: Graph) -> Tensor? {
    guard x[0].shape == .scalar, x[0].constantFactor != nil, let (b, y) = x[1].constantFactor
    else { return nil }
    let product = simplifiedElementwise(.multiply, [graph.constant(-b), y], graph)
    return simplifiedElementwise(.add, [x[0], product], graph)
  }

  // MARK: Rearrangements

  private static func joinedRearrangement(
    _ op: Op, _ x: [Tensor], _ attribute: Attribute
  ) -> Tensor? {
    switch (op, attribute) {
    case (.reshape, .shape(let shape)):
      let source = x[0].node.op == .reshape ? x[0].operand : x[0]
      return source.splat.map { x[0].graph.constant($0).broadcast(to: shape) }
        ?? source.reshaped(to: shape)
    case (.broadcast, .shape(let shape)):
      return (x[0].stretchedFrom ?? x[0]).broadcast(to: shape)
    case (.transpose, .axes(let axes)):
      guard x[0].node.op == .transpose, case .axes(let inner) = x[0].node.attribute else {
        return x[0].transposed(axes)
      }
      return x[0].operand.transposed(axes.map { inner[$0] })
    case (.sum, .axes(let axes)):
      return x[0].splat == 0
        ? x[0].graph.constant(0).broadcast(to: x[0].shape.removing(axes)) : nil
    default: return nil
    }
  }
}

extension Tensor {
  var operand: Tensor { graph.tensor(node.operands[0]) }

  /// The number that every element is, if that is known.
  var splat: Double? {
    var value = self
    while value.node.op == .broadcast || value.node.op == .reshape { value = value.operand }
    return value.constantValue
  }

  /// The operand of a stretch.
  var stretchedFrom: Tensor? {
    node.op == .broadcast ? operand : nil
  }

  /// The constant and the other factor of a product of the two.
  var constantFactor: (constant: Double, factor: Tensor)? {
    guard node.op == .multiply else { return nil }
    let factors = node.operands.map { graph.tensor($0) }
    for (constant, other) in [(factors[0], factors[1]), (factors[1], factors[0])] {
      if let value = constant.constantValue, other.constantValue == nil { return (value, other) }
    }
    return nil
  }

  /// Whether the value is 0, if it is finite, wherever a condition does not hold.
  func isZeroUnless(_ condition: Tensor) -> Bool {
    let operands = node.operands.map { graph.tensor($0) }
    return switch node.op {
    case .select: operands[0] == condition && operands[2].splat == 0
    case .multiply: operands.contains { $0.isZeroUnless(condition) }
    case .add, .subtract: operands.allSatisfy { $0.isZeroUnless(condition) }
    default: false
    }
  }

  /// The operand of a negation.
  var negated: Tensor? {
    node.op == .negate ? operand : nil
  }
}
