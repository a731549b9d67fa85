import RankineGraph

/// What one run is to compute: values to read afterwards, and leaves that get new values.
package struct Program {
  package let name: String
  package let graph: Graph
  package var outputs: [(name: String, value: Tensor)]
  /// After a run each leaf holds the value; the values are computed from the leaves as they were
  /// before it.
  package var updates: [(leaf: Tensor, value: Tensor)]

  package init(
    _ name: String, graph: Graph, outputs: [(name: String, value: Tensor)] = [],
    updates: [(leaf: Tensor, value: Tensor)] = []
  ) {
    (self.name, self.graph, self.outputs, self.updates) = (name, graph, outputs, updates)
  }

  /// All values wanted, outputs first.
  var roots: [Tensor] {
    outputs.map(\.value) + updates.map(\.value)
  }

  /// The same program on another graph, given where each root went.
  func moved(to graph: Graph, roots: [Tensor]) -> Program {
    Program(
      name, graph: graph, outputs: zip(outputs, roots).map { ($0.name, $1) },
      updates: zip(updates, roots.dropFirst(outputs.count)).map { update, value in
        (graph.append(.leaf, [], update.leaf.node.attribute), value)
      })
  }
}
