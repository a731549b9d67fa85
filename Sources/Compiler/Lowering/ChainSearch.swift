import CRankineKernels

/// Looks for a chain among the steps of a loop.
struct ChainSearch<Input: Hashable, Constant: Hashable> {
  typealias Code = ScalarCode<Input, Constant>

  /// A way in which steps are a part of a chain.
  private struct Finding {
    var operands: [Code.Value?]
    /// The steps that compute it.
    var steps: Set<Int> = []
  }

  /// Where a chain was found.
  struct Match {
    let chain: Chain
    let operands: [Code.Value]
    /// The steps that it replaces, and those of them that are its results, in the chain's order.
    let steps: Set<Int>
    let results: [Int]
  }

  let code: Code
  /// The axes that each step varies along, a bit each.
  let variations: [UInt]
  /// For each step how many read it, and results of the loop count.
  let readers: [Int]
  let axes: (Input) -> UInt
  let number: (Constant) -> Double?

  /// The first chain of the catalogue that is there, at the latest step that may end it.
  func first() -> Match? {
    for chain in Chain.all {
      for end in code.steps.indices.reversed() {
        if let match = match(chain, endingAt: end) { return match }
      }
    }
    return nil
  }

  private func match(_ chain: Chain, endingAt end: Int) -> Match? {
    guard let last = chain.results.last, case .step(let opcode, _) = last,
      code.steps[end].op == opcode
    else { return nil }
    let none = Finding(operands: Array(repeating: nil, count: chain.operandCount))
    for finding in findings(of: last, in: .step(end), none) {
      var finding = finding, results: [Int] = []
      for term in chain.results.dropLast() {
        guard let (step, found) = step(computing: term, finding) else { break }
        results.append(step)
        finding = found
      }
      results.append(end)
      let operands = finding.operands.compactMap { $0 }
      guard operands.count == chain.operandCount, results.count == chain.results.count,
        canReplace(finding.steps, results: results)
      else { continue }
      return Match(chain: chain, operands: operands, steps: finding.steps, results: results)
    }
    return nil
  }

  /// The step whose value is the term of the operands found.
  private func step(computing term: Chain.Term, _ finding: Finding) -> (Int, Finding)? {
    for step in code.steps.indices {
      if let found = findings(of: term, in: .step(step), finding).first { return (step, found) }
    }
    return nil
  }

  /// All ways to read a value as a term.
  private func findings(
    of term: Chain.Term, in value: Code.Value, _ finding: Finding
  ) -> [Finding] {
    switch term {
    case .operand(let position): return bound(value, to: position, finding)
    case .uniform(let position):
      return isUniform(value) ? bound(value, to: position, finding) : []
    case .constant(let wanted):
      guard case .constant(let constant) = value, number(constant) == wanted else { return [] }
      return [finding]
    case .step(let opcode, let terms):
      guard case .step(let source) = value, code.steps[source].op == opcode else { return [] }
      let operands = code.steps[source].operands
      var orders = [operands]
      if opcode == RK_ADD || opcode == RK_MULTIPLY { orders.append(operands.reversed()) }
      var found: [Finding] = []
      for order in orders {
        var own = finding
        own.steps.insert(source)
        found += zip(terms, order).reduce(into: [own]) { partial, part in
          partial = partial.flatMap { findings(of: part.0, in: part.1, $0) }
        }
      }
      return found
    }
  }

  private func bound(
    _ value: Code.Value, to position: Int, _ finding: Finding
  ) -> [Finding] {
    if let known = finding.operands[position] { return known == value ? [finding] : [] }
    var finding = finding
    finding.operands[position] = value
    return [finding]
  }

  private func isUniform(_ value: Code.Value) -> Bool {
    switch value {
    case .constant: true
    case .input(let input): axes(input) == 0
    case .step: false
    }
  }

  /// Whether the steps are read by each other alone, but for the results, vary along the same axes,
  /// and read nothing that was computed from a result.
  private func canReplace(_ used: Set<Int>, results: [Int]) -> Bool {
    var inside = Array(repeating: 0, count: code.steps.count)
    var depends = Array(repeating: false, count: code.steps.count)
    for (position, step) in code.steps.enumerated() {
      for case .step(let source) in step.operands {
        if used.contains(position) { inside[source] += 1 }
        if used.contains(source) || depends[source] { depends[position] = true }
        if used.contains(position), !used.contains(source), depends[source] { return false }
      }
    }
    let variation = variations[results[0]]
    return used.allSatisfy { step in
      variations[step] == variation && (results.contains(step) || readers[step] == inside[step])
    }
  }
}
