import RankineGraph

extension Simplification {
  /// A pair sum with its body simplified; variables that it no longer reads are left out, and a
  /// constant factor of the body multiplies the sum instead.
  static func simplified(
    _ pair: PairReduction, _ operands: [Tensor], _ graph: Graph
  ) throws(GraphError) -> Tensor {
    let parts = PairOperands(operands, pair.body)
    let opened = OpenedBody(pair.body)
    let bodyGraph = opened.value.graph
    let simplest = try run(
      Program("body", graph: bodyGraph, outputs: [("value", opened.value)]))
    let (factor, value) =
      simplest.outputs[0].value.constantFactor ?? (1, simplest.outputs[0].value)
    if let constant = value.splat, constant == 0 {
      return graph.constant(0).broadcast(to: shape(of: pair, parts))
    }
    func leaves(_ variables: [Tensor]) -> [Tensor] {
      variables.map { value.graph.append(.leaf, [], $0.node.attribute) }
    }
    let sum = pairReduce(
      of: value, pair.sum, rows: leaves(opened.rows), columns: leaves(opened.columns),
      scalars: leaves(opened.scalars), over: parts)
    guard factor != 1 else { return sum }
    return simplifiedElementwise(
      .multiply, [sum, graph.constant(factor).broadcast(to: sum.shape)], graph)
  }

  private static func run(_ program: Program) throws(GraphError) -> Program {
    try Simplification().run(program)
  }

  private static func shape(of pair: PairReduction, _ parts: PairOperands<Tensor>) -> Shape {
    switch pair.sum {
    case .all: Shape(Array(parts.rows[0].shape.dimensions.dropLast()))
    case .rows: parts.rows[0].shape
    case .columns: parts.columns[0].shape
    }
  }
}
