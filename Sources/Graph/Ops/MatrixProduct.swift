extension OpDefinition {
  /// C = op(A)·op(B) over the last two axes, op being a transposition or nothing; leading axes are
  /// aligned at the right and stretch.
  ///
  ///     Cᵢⱼ = Σₖ op(A)ᵢₖ op(B)ₖⱼ,   op(A)̄ = C̄ op(B)ᵀ,   op(B)̄ = op(A)ᵀ C̄
  static let matmul = OpDefinition(
    "matmul", arity: 2,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .transposition(let ta, let tb) = attribute else {
        throw .missingAttribute("matmul")
      }
      let a = operands[0].shape, b = operands[1].shape
      guard a.rank >= 2, b.rank >= 2 else {
        throw GraphError("shape-mismatch", "matmul of \(a) and \(b) needs two axes on each side")
      }
      let (m, k) = ta ? (a[a.rank - 1], a[a.rank - 2]) : (a[a.rank - 2], a[a.rank - 1])
      let (inner, n) = tb ? (b[b.rank - 1], b[b.rank - 2]) : (b[b.rank - 2], b[b.rank - 1])
      let what = "matmul of \(a)\(ta ? "ᵀ" : "") and \(b)\(tb ? "ᵀ" : "")"
      guard k == inner else {
        throw GraphError(
          "shape-mismatch", "\(what): \(k) meets \(inner)",
          hint: "the last axis of the first must match the last but one of the second")
      }
      guard let lead = Shape.broadcast(a.leading, b.leading) else {
        throw GraphError(
          "shape-mismatch", "\(what): leading axes \(a.leading) and \(b.leading) do not stretch",
          hint: "axes are aligned at the right and only an axis of size 1 stretches")
      }
      return Shape(lead.dimensions + [m, n])
    },
    interpret: { operands, node throws(GraphError) in
      guard case .transposition(let ta, let tb) = node.attribute else {
        throw .missingAttribute("matmul")
      }
      let a = operands[0], b = operands[1]
      let inner = a.extents[a.extents.count - (ta ? 2 : 1)]
      return NumericArray(node.extents) { index in
        let lead = index.dropLast(2), i = index[index.count - 2], j = index[index.count - 1]
        return (0..<inner).reduce(0) { total, k in
          total + a.stretched(at: lead + (ta ? [k, i] : [i, k]))
            * b.stretched(at: lead + (tb ? [j, k] : [k, j]))
        }
      }
    },
    pullback: { x, y, dy in
      guard case .transposition(let ta, let tb) = y.node.attribute else { return [nil, nil] }
      let (a, b) = (x[0], x[1])
      let da =
        ta
        ? RankineGraph.matmul(b, dy, transposeA: tb, transposeB: true)
        : RankineGraph.matmul(dy, b, transposeB: !tb)
      let db =
        tb
        ? RankineGraph.matmul(dy, a, transposeA: true, transposeB: ta)
        : RankineGraph.matmul(a, dy, transposeA: !ta)
      return [da.summed(to: a.shape), db.summed(to: b.shape)]
    })
}

extension Shape {
  /// The axes before the last two.
  package var leading: Shape { Shape(Array(dimensions.dropLast(2))) }
}
