import RankineGraph

extension Simplification {
  /// A pair sum with its body simplified and its operands in the order in which the body first reads
  /// them, so that bodies written differently but meant alike are one.
  static func simplified(
    _ pair: PairReduction, _ operands: [Tensor], _ graph: Graph
  ) throws(GraphError) -> Tensor {
    let parts = PairOperands(operands, pair.body)
    let opened = OpenedBody(pair.body)
    let bodyGraph = opened.value.graph
    let simplest = try run(
      Program("body", graph: bodyGraph, outputs: [("value", opened.value)]))
    let value = simplest.outputs[0].value
    if let constant = value.splat, constant == 0 {
      return graph.constant(0).broadcast(to: shape(of: pair, parts))
    }
    func leaves(_ variables: [Tensor]) -> [Tensor] {
      variables.map { value.graph.append(.leaf, [], $0.node.attribute) }
    }
    let body = OrderedVariables(
      value, rows: leaves(opened.rows), columns: leaves(opened.columns),
      scalars: leaves(opened.scalars))
    return pairReduce(
      of: value, pair.sum, rows: body.rows.map(\.leaf), columns: body.columns.map(\.leaf),
      scalars: body.scalars.map(\.leaf),
      over: PairOperands(
        rows: body.rows.map { parts.rows[$0.position] },
        columns: body.columns.map { parts.columns[$0.position] },
        scalars: body.scalars.map { parts.scalars[$0.position] }))
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

/// The variables of a body by first use; those that it does not read come last.
private struct OrderedVariables {
  typealias Variable = (position: Int, leaf: Tensor)
  let rows: [Variable]
  let columns: [Variable]
  let scalars: [Variable]

  init(_ value: Tensor, rows: [Tensor], columns: [Tensor], scalars: [Tensor]) {
    let needed = value.graph.ancestors(of: [value])
    var firstUse: [Int: Int] = [:]
    for (id, node) in value.graph.nodes.enumerated() where needed[id] {
      for operand in node.operands where firstUse[operand] == nil { firstUse[operand] = firstUse.count }
    }
    func ordered(_ variables: [Tensor]) -> [Variable] {
      variables.enumerated()
        .map { (position: $0.offset, leaf: $0.element) }
        .sorted { (firstUse[$0.leaf.id] ?? .max, $0.position) < (firstUse[$1.leaf.id] ?? .max, $1.position) }
    }
    self.rows = ordered(rows)
    self.columns = ordered(columns)
    self.scalars = ordered(scalars)
  }
}
