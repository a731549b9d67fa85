/// A scalar expression in row variables, column variables and scalars: what `pairReduce` sums.
///
/// It is kept as a list of scalar instructions, the operands before their users, the result last;
/// two bodies that are written alike are equal.
package struct PairBody: Hashable, Sendable {
  package enum Variable: Hashable, Sendable {
    case row(Int), column(Int), scalar(Int)
  }

  package enum Instruction: Hashable, Sendable {
    case variable(Variable)
    case constant(UInt64)
    case apply(Op, [Int])
  }

  package let instructions: [Instruction]
  package let rowCount: Int
  package let columnCount: Int
  package let scalarCount: Int

  /// Reads the body off a scalar graph.
  ///
  /// - Throws: `GraphError` when the value is no scalar expression in the given variables.
  package init(
    _ value: Tensor, rows: [Tensor], columns: [Tensor], scalars: [Tensor] = []
  ) throws(GraphError) {
    let graph = value.graph
    try graph.check()
    var variables: [Int: Variable] = [:]
    for (i, row) in rows.enumerated() { variables[row.id] = .row(i) }
    for (i, column) in columns.enumerated() { variables[column.id] = .column(i) }
    for (i, scalar) in scalars.enumerated() { variables[scalar.id] = .scalar(i) }
    let needed = graph.ancestors(of: [value])
    var list: [Instruction] = [], position: [Int: Int] = [:]
    for (id, node) in graph.nodes.enumerated() where needed[id] {
      position[id] = list.count
      if let variable = variables[id] {
        list.append(.variable(variable))
      } else if case .constant(let bits) = node.attribute {
        list.append(.constant(bits))
      } else if node.op.isElementwise, node.shape == .scalar {
        list.append(.apply(node.op, node.operands.compactMap { position[$0] }))
      } else {
        throw GraphError(
          "bad-pair-body", "\(node.op.definition.name) \(node.shape) inside a pairwise expression",
          hint: "use the two sides' values, numbers and elementwise functions only")
      }
    }
    // Dead instructions between the needed ones were skipped, so the value is the last.
    instructions = list
    (rowCount, columnCount, scalarCount) = (rows.count, columns.count, scalars.count)
  }

  /// Rebuilds the expression in a graph, over the given tensors of one shape.
  package func instantiate(
    in graph: Graph, rows: [Tensor], columns: [Tensor], scalars: [Tensor]
  ) -> Tensor {
    var values: [Tensor] = []
    for instruction in instructions {
      switch instruction {
      case .variable(.row(let i)): values.append(rows[i])
      case .variable(.column(let i)): values.append(columns[i])
      case .variable(.scalar(let i)): values.append(scalars[i])
      case .constant(let bits): values.append(graph.append(.constant, [], .constant(bits)))
      case .apply(let op, let operands):
        values.append(graph.append(op, operands.map { values[$0] }))
      }
    }
    return values[values.count - 1]
  }

  /// Which variables the expression reads.
  package var variables: Set<Variable> {
    Set(
      instructions.compactMap { if case .variable(let variable) = $0 { variable } else { nil } })
  }
}

/// A body on a scalar graph of its own, with a leaf for each variable.
package struct OpenedBody {
  package let rows: [Tensor]
  package let columns: [Tensor]
  package let scalars: [Tensor]
  package let value: Tensor

  package init(_ body: PairBody) {
    let graph = Graph()
    let (rows, columns, scalars) = (
      (0..<body.rowCount).map { graph.input("row\($0)", .scalar) },
      (0..<body.columnCount).map { graph.input("column\($0)", .scalar) },
      (0..<body.scalarCount).map { graph.input("scalar\($0)", .scalar) }
    )
    (self.rows, self.columns, self.scalars) = (rows, columns, scalars)
    value = body.instantiate(in: graph, rows: rows, columns: columns, scalars: scalars)
  }
}
