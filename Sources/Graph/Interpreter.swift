/// What a graph needs from outside to have a value.
package struct Bindings: Sendable {
  /// The values of the leaves, by name.
  package var leaves: [String: NumericArray]
  /// The sizes of the named dimensions.
  package var extents: [String: Int]
  /// What every random draw of the run depends on.
  package var seed: UInt64

  package init(
    _ leaves: [String: NumericArray] = [:], extents: [String: Int] = [:], seed: UInt64 = 1
  ) {
    (self.leaves, self.extents, self.seed) = (leaves, extents, seed)
  }
}

/// Evaluates a graph in Double, one instruction after the other: slow, obvious, and the oracle for
/// every pass and kernel.
package struct Interpreter {
  private let bindings: Bindings
  private let held: [Int: NumericArray]

  /// - Parameter held: values that are given instead of computed, by the number of their instruction.
  package init(_ bindings: Bindings, holding held: [Int: NumericArray] = [:]) {
    (self.bindings, self.held) = (bindings, held)
  }

  /// The values of the tensors, which belong to one graph.
  ///
  /// - Throws: `GraphError` when a leaf or a dimension is unbound, a leaf has another shape than
  ///   declared, or the graph itself does not fit together.
  package func evaluate(_ outputs: [Tensor]) throws(GraphError) -> [NumericArray] {
    guard let graph = outputs.first?.graph else { return [] }
    try graph.check()
    let needed = graph.ancestors(of: outputs, upTo: Set(held.keys))
    var values: [NumericArray?] = Array(repeating: nil, count: graph.nodes.count)
    for (id, node) in graph.nodes.enumerated() where needed[id] {
      let operands = node.operands.compactMap { values[$0] }
      values[id] = if let known = held[id] { known } else { try evaluate(node, operands) }
    }
    return outputs.compactMap { values[$0.id] }
  }

  package func evaluate(_ output: Tensor) throws(GraphError) -> NumericArray {
    try evaluate([output])[0]
  }

  private func evaluate(
    _ node: Graph.Node, _ operands: [NumericArray]
  ) throws(GraphError) -> NumericArray {
    let definition = node.op.definition
    let extents = try node.shape.resolved(bindings.extents)
    if let scalar = definition.evaluate {
      return NumericArray(
        extents,
        (0..<extents.reduce(1, *)).map { i in scalar(operands.map { $0.values[i] }) })
    }
    guard let interpret = definition.interpret else {
      throw GraphError("not-interpretable", "\(definition.name) has no value")
    }
    return try interpret(
      operands,
      InterpretedNode(attribute: node.attribute, extents: extents, bindings: bindings))
  }
}

extension Graph {
  /// Which instructions the outputs need.
  ///
  /// - Parameter given: instructions whose values are known, so that what they need does not count.
  package func ancestors(of outputs: [Tensor], upTo given: Set<Int> = []) -> [Bool] {
    var needed = Array(repeating: false, count: nodes.count)
    for output in outputs { needed[output.id] = true }
    for id in nodes.indices.reversed() where needed[id] && !given.contains(id) {
      for operand in nodes[id].operands { needed[operand] = true }
    }
    return needed
  }
}
