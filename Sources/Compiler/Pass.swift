import RankineGraph

/// A graph-to-graph rewrite that preserves the value of every output.
protocol Pass: Sendable {
  static var name: String { get }
  func run(_ program: Program) throws(GraphError) -> Program
}

/// Rebuilds the instructions that the roots need, each by a function of its rewritten operands.
///
/// - Returns: the program on a new graph, without dead code.
func rebuild(
  _ program: Program,
  _ rewrite: (_ node: Graph.Node, _ operands: [Tensor], _ graph: Graph) throws(GraphError) -> Tensor
) throws(GraphError) -> Program {
  let graph = Graph()
  let source = program.graph
  let needed = source.ancestors(of: program.roots)
  var moved: [Tensor?] = Array(repeating: nil, count: source.nodes.count)
  for (id, node) in source.nodes.enumerated() where needed[id] {
    graph.scope = node.scope
    moved[id] = try rewrite(node, node.operands.compactMap { moved[$0] }, graph)
  }
  graph.scope = ""
  return program.moved(to: graph, roots: program.roots.compactMap { moved[$0.id] })
}
