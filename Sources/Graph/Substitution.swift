extension Graph {
  /// Values as they would be if some leaves were other values.
  ///
  /// - Parameters:
  ///   - values: what is to be computed again.
  ///   - replacements: leaves, each with a value of its shape.
  /// - Returns: for each value the same formula over the replacements; the value itself where it does
  ///   not depend on any of the leaves.
  package func substituted(
    _ values: [Tensor], _ replacements: [(leaf: Tensor, by: Tensor)]
  ) -> [Tensor] {
    var renamed: [Int: Tensor] = [:]
    for (leaf, value) in replacements { renamed[leaf.id] = value }
    let isNeeded = ancestors(of: values)
    let scope = scope
    defer { self.scope = scope }
    for id in isNeeded.indices where isNeeded[id] && renamed[id] == nil {
      let node = nodes[id]
      guard node.operands.contains(where: { renamed[$0] != nil }) else { continue }
      self.scope = node.scope
      renamed[id] = append(
        node.op, node.operands.map { renamed[$0] ?? tensor($0) }, node.attribute)
    }
    return values.map { renamed[$0.id] ?? $0 }
  }
}
