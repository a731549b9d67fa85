extension OpDefinition {
  /// The positions along one axis that a list of row numbers names.
  static let gather = OpDefinition(
    "gather", arity: 2,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .axis(let axis) = attribute else { throw .missingAttribute("gather") }
      var shape = operands[0].shape
      guard shape.dimensions.indices.contains(axis), operands[1].element == .index,
        operands[1].shape.rank == 1
      else {
        throw GraphError(
          "bad-gather", "gather along axis \(axis) of \(shape) by \(operands[1].shape)",
          hint: "the second operand is one list of row numbers")
      }
      shape.dimensions[axis] = operands[1].shape[0]
      return shape
    },
    interpret: { operands, node throws(GraphError) in
      guard case .axis(let axis) = node.attribute else { throw .missingAttribute("gather") }
      try checkRange(of: operands[1], below: operands[0].extents[axis])
      return NumericArray(node.extents) { index in
        var source = index
        source[axis] = Int(operands[1].values[index[axis]])
        return operands[0][source]
      }
    },
    pullback: { x, y, dy in
      guard case .axis(let axis) = y.node.attribute else { return [nil, nil] }
      return [dy.scatteredAdd(by: x[1], along: axis, extent: x[0].shape[axis]), nil]
    })

  /// Adds each position along one axis to the position that a list of row numbers names.
  static let scatterAdd = OpDefinition(
    "scatter-add", arity: 2,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .scatter(let axis, let extent) = attribute else {
        throw .missingAttribute("scatter-add")
      }
      var shape = operands[0].shape
      guard shape.dimensions.indices.contains(axis), operands[1].element == .index,
        operands[1].shape == [shape[axis]]
      else {
        throw GraphError(
          "bad-scatter", "scatter-add along axis \(axis) of \(shape) by \(operands[1].shape)")
      }
      shape.dimensions[axis] = extent
      return shape
    },
    interpret: { operands, node throws(GraphError) in
      guard case .scatter(let axis, _) = node.attribute else {
        throw .missingAttribute("scatter-add")
      }
      try checkRange(of: operands[1], below: node.extents[axis])
      var result = NumericArray(repeating: 0, node.extents)
      forEachIndex(in: operands[0].extents) { index in
        var target = index
        target[axis] = Int(operands[1].values[index[axis]])
        result[target] += operands[0][index]
      }
      return result
    },
    pullback: { x, y, dy in
      guard case .scatter(let axis, _) = y.node.attribute else { return [nil, nil] }
      return [dy.gathered(by: x[1], along: axis), nil]
    })
}

private func checkRange(of indices: NumericArray, below limit: Int) throws(GraphError) {
  let isRow = { (value: Double) in Int(exactly: value).map { $0 >= 0 && $0 < limit } ?? false }
  guard let bad = indices.values.first(where: { !isRow($0) }) else { return }
  let shown = Int(exactly: bad).map(String.init) ?? "\(bad)"
  throw GraphError(
    "index-out-of-range", "row number \(shown) of \(limit)",
    hint: "row numbers are whole and count from 0")
}
