import RankineGraph

extension BalancingScope {
  /// The tasks' losses on parts of the mini-batch that have no row in common.
  ///
  /// Each row of the sample is in one of the parts, drawn anew at every step; outcomes of rows of other
  /// parts count as missing. A loss over pairs keeps the pairs within one part.
  ///
  /// - Returns: for each part the losses [tasks].
  func lossesOfParts(_ count: Int) -> [Tensor] {
    let draws = uniform([.sample])
    let shape: Shape = [.fixed(tasks.count), .sample]
    return (0..<count).map { part in
      let isAbove: Tensor = 1 - greater(graph.constant(Double(part) / Double(count)), draws)
      let isBelow: Tensor = greater(graph.constant(Double(part + 1) / Double(count)), draws)
      let isMember: Tensor = isAbove * isBelow
      let replacements = [LeafName.observed, LeafName.high, LeafName.low].map { name in
        let leaf = graph.input(name, shape)
        let missing = graph.constant(name == LeafName.observed ? 0 : .nan)
        return (leaf: leaf, by: select(isMember, leaf, missing))
      }
      return graph.substituted([losses], replacements)[0]
    }
  }
}
