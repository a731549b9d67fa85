import CRankineKernels
import RankineGraph
import RankineRuntime

extension Lowering {
  /// One product, gather, scatter, join or draw.
  mutating func lowerSingle(_ unit: FusionPlan.Unit) throws(GraphError) {
    let id = unit.members[0]
    let node = graph.nodes[id]
    switch (node.op, node.attribute) {
    case (.matmul, .transposition(let ta, let tb)):
      lowerProduct(node, ta, tb, result: unit.members[unit.members.count - 1])
    case (.gather, .axis(let axis)):
      let source = contiguous(node.operands[0])
      tape.append(.gather(indexing(node, id, source, axis)), label: node.scope)
    case (.scatterAdd, .scatter(let axis, _)):
      let source = contiguous(node.operands[0])
      tape.append(.scatterAdd(indexing(node, id, source, axis)), label: node.scope)
    case (.uniform, .draws(let stream, _)):
      let counter = contiguous(node.operands[0])
      tape.append(
        .uniform(TapeDraws(stream: stream, counter: counter, result: buffer(of: id))),
        label: node.scope)
    case (.concatenate, .axis(let axis)):
      lowerJoin(node, id, along: axis)
    default:
      throw GraphError("not-compilable", at: node.scope, "\(node.op.definition.name)")
    }
  }

  private mutating func indexing(
    _ node: Graph.Node, _ id: Int, _ source: Int, _ axis: Int
  ) -> TapeGather {
    TapeGather(
      source: source, indices: buffer(of: node.operands[1]), result: buffer(of: id), axis: axis)
  }

  private mutating func lowerJoin(_ node: Graph.Node, _ id: Int, along axis: Int) {
    let result = buffer(of: id)
    var start = 0
    for part in node.operands {
      let shape = graph.nodes[part].shape
      var target = TapeView(whole: result, rank: shape.rank)
      target.starts[axis] = start
      append(copy: view(of: part), of: shape, to: target, label: "concatenate")
      start += shape[axis].count ?? 0
    }
  }

  private mutating func lowerProduct(_ node: Graph.Node, _ ta: Bool, _ tb: Bool, result: Int) {
    let a = matrix(node.operands[0]), b = matrix(node.operands[1])
    let left = graph.nodes[node.operands[0]].shape
    tape.append(
      .product(
        TapeProduct(
          lead: node.shape.leading.tapeExtents,
          m: node.shape[node.shape.rank - 2].tapeExtent,
          n: node.shape[node.shape.rank - 1].tapeExtent,
          k: left[left.rank - (ta ? 2 : 1)].tapeExtent, a: a, b: b, transposeA: ta, transposeB: tb,
          result: buffer(of: result), sumsLead: graph.nodes[result].op == .sum)),
      label: node.scope)
  }

  /// A view whose last two axes are a matrix as the kernel takes it: one of them contiguous. Leading
  /// axes of size one repeat.
  private mutating func matrix(_ id: Int) -> TapeView {
    let shape = graph.nodes[id].shape
    var view = view(of: id)
    let innermost = view.starts.count - 1
    let row = view.axes[shape.rank - 2], column = view.axes[shape.rank - 1]
    let isRowMajor = column == innermost || (column == nil && shape[shape.rank - 1] == 1)
    let isColumnMajor = row == innermost && column != nil
    let repeatsRows = row == nil && shape[shape.rank - 2] != 1
    if !(isRowMajor || isColumnMajor) || repeatsRows {
      view = TapeView(whole: copied(id), rank: shape.rank)
    }
    for axis in 0..<(shape.rank - 2) where shape[axis] == 1 { view.axes[axis] = nil }
    return view
  }
}
