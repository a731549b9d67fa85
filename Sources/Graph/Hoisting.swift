extension Graph {
  /// Values with all that stays the same while some leaves change read from leaves instead.
  ///
  /// What is hoisted are the largest parts of the formulas that depend on data but on none of the
  /// changing leaves. Rearrangements cost nothing and are left in place above what they rearrange, and so
  /// are random draws.
  ///
  /// - Parameters:
  ///   - values: the formulas.
  ///   - changing: leaves whose values change from run to run.
  ///   - prefix: what the names of the new leaves start with.
  /// - Returns: the formulas over the new leaves, and each new leaf with what it stands for.
  package func hoisted(
    _ values: [Tensor], changing: [Tensor], prefix: String
  ) -> (values: [Tensor], hoisted: [(leaf: Tensor, value: Tensor)]) {
    let isNeeded = ancestors(of: values)
    let changingIDs = Set(changing.map(\.id))
    var changes = Array(repeating: false, count: nodes.count)
    var readsData = changes
    for (id, node) in nodes.enumerated() {
      changes[id] =
        changingIDs.contains(id) || node.op == .uniform || node.operands.contains { changes[$0] }
      readsData[id] = node.op == .leaf || node.operands.contains { readsData[$0] }
    }
    var found: [Int] = []
    var known: Set<Int> = []
    func hoist(_ id: Int) {
      var id = id
      while nodes[id].op.isRearrangement { id = nodes[id].operands[0] }
      guard nodes[id].op != .leaf, readsData[id], !changes[id], known.insert(id).inserted else {
        return
      }
      found.append(id)
    }
    for (id, node) in nodes.enumerated() where isNeeded[id] && changes[id] {
      for operand in node.operands where !changes[operand] { hoist(operand) }
    }
    for value in values where !changes[value.id] { hoist(value.id) }
    let hoisted = found.sorted().enumerated().map { number, id in
      (leaf: input("\(prefix).\(number)", nodes[id].shape), value: tensor(id))
    }
    return (substituted(values, hoisted.map { ($0.value, $0.leaf) }), hoisted)
  }
}

extension Op {
  /// Whether it moves elements without computing any.
  fileprivate var isRearrangement: Bool {
    switch self {
    case .broadcast, .reshape, .transpose, .slice: true
    default: false
    }
  }
}
