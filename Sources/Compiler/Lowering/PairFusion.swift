import CRankineKernels

/// Puts steps of a pair program together, so that fewer values go through memory: masks become gates,
/// gates are added in place, products are added as they are made, and gates that are left to the end
/// open as the sums are taken.
///
/// A gate a > b ? c : 0 stands for 1{a > b} · c, which it equals for finite c.
struct PairFusion {
  typealias Value = PairCode.Value
  typealias Step = PairCode.Step

  /// Steps in order; those that nobody needs are nil.
  private(set) var steps: [Step?]
  /// The values asked for.
  private(set) var results: [PairResult]
  private var useCounts: [Int] = []

  init(_ code: PairCode, results: [Value]) {
    steps = code.steps
    self.results = results.map { PairResult(value: $0) }
    shareOppositeResults()
    for number in steps.indices { openGate(number) }
    dropUnused()
    for number in steps.indices { fuseSum(number) }
    dropUnused()
    takeOver { $0.openGates(of: $1) }
    // A square sets the ramp free that its slope is.
    for _ in 0..<2 { takeOver { $0.takeForms(of: $1) } }
  }

  func step(_ value: Value) -> Step? {
    guard case .step(let number) = value else { return nil }
    return steps[number]
  }

  func operands(_ value: Value, of op: rk_opcode) -> [Value]? {
    guard let step = step(value), step.op == op.rawValue else { return nil }
    return step.operands
  }

  // MARK: Rules

  /// b − a, or −a, as a result is the negated result a − b, or a.
  private mutating func shareOppositeResults() {
    for position in results.indices {
      if let x = operands(results[position].value, of: RK_NEGATE) {
        results[position].value = x[0]
        results[position].isNegated.toggle()
      }
      guard let x = operands(results[position].value, of: RK_SUBTRACT) else { continue }
      let opposite = results[..<position].first {
        operands($0.value, of: RK_SUBTRACT).map { [$0[1], $0[0]] == x } ?? false
      }
      if let opposite {
        (results[position].value, results[position].isNegated) =
          (opposite.value, !opposite.isNegated)
      }
    }
  }

  /// 1{a > b} · c and (a > b ? c : 0) are gates; a − b > 0 is a > b.
  private mutating func openGate(_ number: Int) {
    guard let step = steps[number] else { return }
    let x = step.operands
    switch step.op {
    case RK_GREATER.rawValue:
      guard x[1] == .constant(0), let difference = operands(x[0], of: RK_SUBTRACT) else { return }
      steps[number] = Step(op: RK_GREATER.rawValue, operands: difference)
    case RK_SELECT.rawValue:
      guard x[2] == .constant(0), let mask = operands(x[0], of: RK_GREATER) else { return }
      steps[number] = gate(mask, x[1])
    case RK_MULTIPLY.rawValue:
      if let mask = operands(x[0], of: RK_GREATER) {
        steps[number] = gate(mask, x[1])
      } else if let mask = operands(x[1], of: RK_GREATER) {
        steps[number] = gate(mask, x[0])
      }
    default: break
    }
  }

  /// Of a > b ? a − b : 0 a step of its own is made.
  private func gate(_ mask: [Value], _ value: Value) -> Step {
    operands(value, of: RK_SUBTRACT) == mask
      ? Step(op: RK_RAMP_ADD.rawValue, operands: mask + [.constant(0)])
      : Step(op: RK_GATE.rawValue, operands: mask + [value])
  }

  /// d ± gate in d's place, a · b + c at once.
  private mutating func fuseSum(_ number: Int) {
    guard let step = steps[number] else { return }
    let x = step.operands
    switch step.op {
    case RK_ADD.rawValue:
      if isFree(x[0]), isFree(x[1]), let gate = operands(x[1], of: RK_GATE) {
        steps[number] = Step(op: RK_GATE_ADD.rawValue, operands: gate + [x[0]])
      } else if isFree(x[0]), isFree(x[1]), let gate = operands(x[0], of: RK_GATE) {
        steps[number] = Step(op: RK_GATE_ADD.rawValue, operands: gate + [x[1]])
      } else if isFree(x[0]), let product = operands(x[0], of: RK_MULTIPLY) {
        steps[number] = Step(op: RK_MULTIPLY_ADD.rawValue, operands: product + [x[1]])
      } else if isFree(x[1]), let product = operands(x[1], of: RK_MULTIPLY) {
        steps[number] = Step(op: RK_MULTIPLY_ADD.rawValue, operands: product + [x[0]])
      } else {
        return
      }
    case RK_SUBTRACT.rawValue:
      guard isFree(x[0]), isFree(x[1]), let gate = operands(x[1], of: RK_GATE) else { return }
      steps[number] = Step(op: RK_GATE_SUBTRACT.rawValue, operands: gate + [x[0]])
    default: return
    }
  }

  /// Lets results take steps over; those that nobody else needs go.
  private mutating func takeOver(_ change: (inout PairResult, PairFusion) -> Void) {
    let before = self
    for position in results.indices { change(&results[position], before) }
    dropUnused()
  }

  // MARK: Uses

  /// Whether a value is a step's that is read once, so that its place may be taken.
  func isFree(_ value: Value) -> Bool { useCount(value) == 1 }

  /// How often a step's value is read, by steps and results.
  func useCount(_ value: Value) -> Int {
    guard case .step(let number) = value else { return 0 }
    return useCounts[number]
  }

  private mutating func dropUnused() {
    useCounts = Array(repeating: 0, count: steps.count)
    for case .step(let number) in results.flatMap(\.values) { useCounts[number] += 1 }
    for number in steps.indices.reversed() {
      guard useCounts[number] > 0 else {
        steps[number] = nil
        continue
      }
      for case .step(let source) in steps[number]?.operands ?? [] { useCounts[source] += 1 }
    }
  }
}
