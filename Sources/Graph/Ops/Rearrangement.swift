extension OpDefinition {
  /// Repeats along missing axes and axes of size one.
  static let broadcast = OpDefinition(
    "broadcast", arity: 1,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .shape(let target) = attribute else { throw .missingAttribute("broadcast") }
      let shape = operands[0].shape
      guard Shape.broadcast(shape, target) == target else {
        throw GraphError("shape-mismatch", "\(shape) does not stretch to \(target)")
      }
      return target
    },
    interpret: { operands, node throws(GraphError) in
      NumericArray(node.extents) { operands[0].stretched(at: $0) }
    },
    pullback: { x, _, dy in [dy.summed(to: x[0].shape)] })

  /// The same elements, row-major, under another shape.
  static let reshape = OpDefinition(
    "reshape", arity: 1,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .shape(let target) = attribute else { throw .missingAttribute("reshape") }
      guard operands[0].shape.hasSameCount(as: target) else {
        throw GraphError(
          "shape-mismatch", "\(operands[0].shape) and \(target) hold different numbers of elements")
      }
      return target
    },
    interpret: { operands, node throws(GraphError) in
      NumericArray(node.extents, operands[0].values)
    },
    pullback: { x, _, dy in [dy.reshaped(to: x[0].shape)] })

  /// Axes in another order: axis i of the result is axis `axes[i]` of the operand.
  static let transpose = OpDefinition(
    "transpose", arity: 1,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .axes(let axes) = attribute else { throw .missingAttribute("transpose") }
      let shape = operands[0].shape
      guard axes.sorted() == Array(shape.dimensions.indices) else {
        throw GraphError("bad-axis", "transpose of \(shape) by \(axes)")
      }
      return Shape(axes.map { shape[$0] })
    },
    interpret: { operands, node throws(GraphError) in
      guard case .axes(let axes) = node.attribute else { throw .missingAttribute("transpose") }
      return NumericArray(node.extents) { index in
        var source = index
        for (i, axis) in axes.enumerated() { source[axis] = index[i] }
        return operands[0][source]
      }
    },
    pullback: { _, y, dy in
      guard case .axes(let axes) = y.node.attribute else { return [nil] }
      return [dy.transposed(axes.indices.map { axes.firstIndex(of: $0) ?? $0 })]
    })

  /// A run of positions along one axis, which has a fixed size.
  static let slice = OpDefinition(
    "slice", arity: 1,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .slice(let axis, let start, let count) = attribute else {
        throw .missingAttribute("slice")
      }
      var shape = operands[0].shape
      guard shape.dimensions.indices.contains(axis), let extent = shape[axis].count,
        start >= 0, count >= 0, start + count <= extent
      else {
        throw GraphError(
          "bad-slice", "positions \(start)..<\(start + count) along axis \(axis) of \(shape)")
      }
      shape.dimensions[axis] = .fixed(count)
      return shape
    },
    interpret: { operands, node throws(GraphError) in
      guard case .slice(let axis, let start, _) = node.attribute else {
        throw .missingAttribute("slice")
      }
      return NumericArray(node.extents) { index in
        var source = index
        source[axis] += start
        return operands[0][source]
      }
    },
    pullback: { x, y, dy in
      guard case .slice(let axis, let start, let count) = y.node.attribute,
        let extent = x[0].shape[axis].count
      else { return [nil] }
      func zeros(_ length: Int) -> [Tensor] {
        var shape = x[0].shape
        shape.dimensions[axis] = .fixed(length)
        return length == 0 ? [] : [dy.graph.constant(0).broadcast(to: shape)]
      }
      let parts = zeros(start) + [dy] + zeros(extent - start - count)
      return [RankineGraph.concatenate(parts, along: axis)]
    })

  /// Operands one after the other along one axis of fixed size.
  static let concatenate = OpDefinition(
    "concatenate", arity: nil,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .axis(let axis) = attribute else { throw .missingAttribute("concatenate") }
      guard var shape = operands.first?.shape, shape.dimensions.indices.contains(axis) else {
        throw GraphError("bad-axis", "concatenate along axis \(axis) of nothing that has it")
      }
      var total = 0
      for operand in operands {
        guard operand.shape.rank == shape.rank, let count = operand.shape[axis].count,
          operand.shape.removing([axis]) == shape.removing([axis])
        else {
          throw GraphError(
            "shape-mismatch", "concatenate of \(shape) and \(operand.shape) along axis \(axis)",
            hint: "all other axes must agree and this one must be a number")
        }
        total += count
      }
      shape.dimensions[axis] = .fixed(total)
      return shape
    },
    interpret: { operands, node throws(GraphError) in
      guard case .axis(let axis) = node.attribute else { throw .missingAttribute("concatenate") }
      return NumericArray(node.extents) { index in
        var source = index, part = 0
        while source[axis] >= operands[part].extents[axis] {
          source[axis] -= operands[part].extents[axis]
          part += 1
        }
        return operands[part][source]
      }
    },
    pullback: { x, y, dy in
      guard case .axis(let axis) = y.node.attribute else { return x.map { _ in nil } }
      var start = 0
      return x.map { part in
        let count = part.shape[axis].count ?? 0
        defer { start += count }
        return dy.sliced(axis, from: start, count: count)
      }
    })
}
