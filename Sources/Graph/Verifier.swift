/// Checks what every graph must satisfy; runs after every pass in debug builds and on request.
package struct Verifier {
  /// - Throws: `GraphError` (`broken-graph`) naming the stage, the instruction and what is wrong.
  package static func verify(_ graph: Graph, after stage: String) throws(GraphError) {
    try graph.check()
    for (id, node) in graph.nodes.enumerated() {
      func fail(_ reason: String) -> GraphError {
        GraphError("broken-graph", at: node.scope, "after \(stage), %\(id) \(node.op): \(reason)")
      }
      guard node.operands.allSatisfy({ $0 < id && $0 >= 0 }) else {
        throw fail("an operand comes after its user")
      }
      if let arity = node.op.definition.arity, arity != node.operands.count {
        throw fail("\(node.operands.count) operands, not \(arity)")
      }
      let shape = try node.op.definition.inferShape(
        node.operands.map { graph.nodes[$0] }, node.attribute)
      guard shape == node.shape else { throw fail("shape \(node.shape) should be \(shape)") }
    }
  }
}
