import RankineSupport

extension OpDefinition {
  /// A named value from outside.
  static let leaf = OpDefinition(
    "leaf", arity: 0,
    inferShape: { _, attribute throws(GraphError) in
      guard case .leaf(let leaf) = attribute else { throw .missingAttribute("leaf") }
      return leaf.shape
    },
    interpret: { _, node throws(GraphError) in
      guard case .leaf(let leaf) = node.attribute else { throw .missingAttribute("leaf") }
      guard let value = node.bindings.leaves[leaf.name] else {
        throw GraphError(
          "unbound-input", "\"\(leaf.name)\" has no value",
          hint: suggestion(for: leaf.name, among: node.bindings.leaves.keys.sorted()))
      }
      guard value.extents == node.extents else {
        throw GraphError(
          "shape-mismatch", "\"\(leaf.name)\" is \(leaf.shape) and was given \(value.extents)",
          hint: "give it \(node.extents)")
      }
      return value
    },
    pullback: nil)

  /// One number.
  static let constant = OpDefinition(
    "constant", arity: 0,
    inferShape: { _, _ throws(GraphError) in .scalar },
    interpret: { _, node throws(GraphError) in
      guard let value = node.attribute.constantValue else { throw .missingAttribute("constant") }
      return NumericArray(value)
    },
    pullback: nil)

  /// The number of elements along a named dimension.
  static let extent = OpDefinition(
    "extent", arity: 0,
    inferShape: { _, _ throws(GraphError) in .scalar },
    interpret: { _, node throws(GraphError) in
      guard case .extent(let dimension) = node.attribute else { throw .missingAttribute("extent") }
      return NumericArray(Double(try dimension.resolved(node.bindings.extents)))
    },
    pullback: nil)

  /// Draws on [0, 1): element i of n is draw counter·n + i of the stream; the operand is the counter.
  static let uniform = OpDefinition(
    "uniform", arity: 1,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .draws(_, let shape) = attribute else { throw .missingAttribute("uniform") }
      guard operands[0].shape == .scalar else {
        throw GraphError("shape-mismatch", "the counter of uniform is \(operands[0].shape)")
      }
      return shape
    },
    interpret: { operands, node throws(GraphError) in
      guard case .draws(let stream, _) = node.attribute else { throw .missingAttribute("uniform") }
      guard let counter = UInt64(exactly: operands[0].values[0]) else {
        throw GraphError(
          "bad-counter", "the counter of uniform is \(operands[0].values[0])",
          hint: "count steps in whole numbers from 0")
      }
      let count = node.extents.reduce(1, *)
      let start = counter &* UInt64(count)
      return NumericArray(
        node.extents,
        (0..<count).map {
          CounterRandom.uniform(
            seed: node.bindings.seed, stream: UInt64(stream), position: start &+ UInt64($0))
        })
    },
    pullback: nil)
}

extension GraphError {
  /// Our own mistake: an instruction was appended without what it needs.
  static func missingAttribute(_ op: String) -> GraphError {
    GraphError("missing-attribute", "\(op) was built without its attribute")
  }
}
