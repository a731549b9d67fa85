import CRankineKernels

extension ScalarCode {
  /// Replaces steps by chains where they are found.
  ///
  /// - Returns: the values asked for, in the new numbering.
  mutating func chain(
    results: [Value], axes: @escaping (Input) -> UInt, number: @escaping (Constant) -> Double?
  ) -> [Value] {
    var results = results
    while true {
      let (variations, readers) = variationsAndReaders(results: results, axes: axes)
      let search = ChainSearch(
        code: self, variations: variations, readers: readers, axes: axes, number: number)
      guard let match = search.first() else { return results }
      results = replace(match, results: results)
    }
  }

  /// Puts a chain in the place of the last of its steps; steps before that read one of its results
  /// come after it.
  private mutating func replace(
    _ match: ChainSearch<Input, Constant>.Match, results: [Value]
  ) -> [Value] {
    var renamed: [Int: Int] = [:], kept: [Step] = [], waiting: [Int] = []
    let end = match.steps.max() ?? 0
    func moved(_ value: Value) -> Value {
      if case .step(let source) = value { .step(renamed[source] ?? 0) } else { value }
    }
    func keep(_ position: Int) {
      renamed[position] = kept.count
      kept.append(Step(op: steps[position].op, operands: steps[position].operands.map(moved)))
    }
    for position in steps.indices where !match.steps.contains(position) || position == end {
      if position == end {
        let operands = match.operands.map(moved)
        for (number, result) in match.results.enumerated() { renamed[result] = kept.count + number }
        for number in 0..<match.chain.length {
          let own = operands.dropFirst(4 * number).prefix(4)
          kept.append(Step(op: number == 0 ? match.chain.opcode : RK_MORE, operands: Array(own)))
        }
        waiting.forEach(keep)
      } else if position < end, waits(position, for: match.steps.union(waiting)) {
        waiting.append(position)
      } else {
        keep(position)
      }
    }
    steps = kept
    return results.map(moved)
  }

  private func waits(_ position: Int, for sources: Set<Int>) -> Bool {
    steps[position].operands.contains { operand in
      if case .step(let source) = operand { sources.contains(source) } else { false }
    }
  }
}
