extension OpDefinition {
  /// The sum over the given axes, which disappear.
  static let sum = OpDefinition(
    "sum", arity: 1,
    inferShape: reducedShape(in: "sum"),
    interpret: { operands, node throws(GraphError) in
      try reduce(operands[0], node, from: 0) { $0 + $1 }
    },
    pullback: { x, y, dy in
      guard case .axes(let axes) = y.node.attribute else { return [nil] }
      return [dy.restoringAxes(removedFrom: x[0].shape, by: axes)]
    })

  /// The largest element over the given axes, which disappear; ties share the cotangent evenly.
  static let largest = OpDefinition(
    "largest", arity: 1,
    inferShape: reducedShape(in: "largest"),
    interpret: { operands, node throws(GraphError) in
      try reduce(operands[0], node, from: -.infinity) { $1 > $0 ? $1 : $0 }
    },
    pullback: { x, y, dy in
      guard case .axes(let axes) = y.node.attribute else { return [nil] }
      let isLargest = RankineGraph.equal(
        x[0], y.restoringAxes(removedFrom: x[0].shape, by: axes))
      let ties = isLargest.sum(over: axes)
      let share: Tensor = dy / ties
      return [isLargest * share.restoringAxes(removedFrom: x[0].shape, by: axes)]
    })
}

private func reducedShape(in name: String) -> OpDefinition.InferShape {
  { operands, attribute throws(GraphError) in
    guard case .axes(let axes) = attribute else { throw .missingAttribute(name) }
    let shape = operands[0].shape
    guard axes.allSatisfy(shape.dimensions.indices.contains), axes == Set(axes).sorted() else {
      throw GraphError("bad-axis", "\(name) over axes \(axes) of \(shape)")
    }
    return shape.removing(axes)
  }
}

private func reduce(
  _ operand: NumericArray, _ node: InterpretedNode, from start: Double,
  _ combine: (Double, Double) -> Double
) throws(GraphError) -> NumericArray {
  guard case .axes(let axes) = node.attribute else { throw .missingAttribute("reduction") }
  var result = NumericArray(repeating: start, node.extents)
  forEachIndex(in: operand.extents) { index in
    let kept = index.indices.filter { !axes.contains($0) }.map { index[$0] }
    result[kept] = combine(result[kept], operand[index])
  }
  return result
}
