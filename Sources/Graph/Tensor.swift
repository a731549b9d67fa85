/// A value in a graph: an array of numbers that will be computed, with a known shape.
///
/// Tensors are handles; operations on them build the graph and compute nothing. The same type
/// stands for the scalars in the body of a pairwise loss.
public struct Tensor {
  /// The graph it is a value of; values of two graphs cannot be combined.
  public let graph: Graph
  package let id: Int

  package init(graph: Graph, id: Int) {
    (self.graph, self.id) = (graph, id)
  }

  /// The sizes of its axes, outermost first.
  public var shape: Shape { node.shape }

  /// The instruction that computes it.
  package var node: Graph.Node { graph.nodes[id] }

  /// The number, where it is a constant.
  package var constantValue: Double? {
    node.op == .constant ? node.attribute.constantValue : nil
  }
}

extension Tensor: Hashable {
  public static func == (a: Tensor, b: Tensor) -> Bool {
    a.graph === b.graph && a.id == b.id
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
  }
}
