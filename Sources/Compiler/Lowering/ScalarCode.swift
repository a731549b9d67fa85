import CRankineKernels

/// Writes a block program: values come from inputs, constants and slots, and a slot is used again
/// once its value was read for the last time.
struct ScalarCode<Input: Hashable, Constant: Hashable> {
  enum Value: Hashable {
    case input(Input)
    case constant(Constant)
    /// The result of the step with this number.
    case step(Int)
  }

  struct Step {
    var op: rk_opcode
    var operands: [Value]
  }

  var steps: [Step] = []

  mutating func append(_ op: rk_opcode, _ operands: [Value]) -> Value {
    steps.append(Step(op: op, operands: operands))
    return .step(steps.count - 1)
  }

  struct Assembled {
    let code: [rk_instruction]
    let slotCount: Int
    /// The numbers of the values asked for.
    let values: [Int]
  }

  /// Numbers the values: inputs in the given order, then constants, then slots.
  ///
  /// - Parameters:
  ///   - results: values that must be there at the end.
  ///   - axes: the axes of the index space that an input varies along, a bit each.
  func assembled(
    inputs: [Input], constants: [Constant], results: [Value], axes: (Input) -> UInt
  ) -> Assembled {
    var fused = self
    let kept = fused.fuse(results: results, axes: axes)
    return fused.numbered(inputs: inputs, constants: constants, results: kept)
  }

  /// For each step the axes that it varies along, a bit each, and how often it is read; being asked
  /// for counts as once. What belongs to a chain varies as all of it.
  func variationsAndReaders(
    results: [Value], axes: (Input) -> UInt
  ) -> (variations: [UInt], readers: [Int]) {
    var variations: [UInt] = [], readers = Array(repeating: 0, count: steps.count)
    var first = 0
    for (position, step) in steps.enumerated() {
      var own: UInt = 0
      for operand in step.operands {
        switch operand {
        case .input(let input): own |= axes(input)
        case .constant: break
        case .step(let source):
          own |= variations[source]
          readers[source] += 1
        }
      }
      variations.append(own)
      if step.op != RK_MORE { first = position }
      for part in first...position { variations[part] |= own | variations[first] }
    }
    for case .step(let source) in results { readers[source] += 1 }
    return (variations, readers)
  }

  /// Removes steps that nobody reads.
  ///
  /// - Returns: the values that are kept, in the new numbering.
  mutating func remove(_ isDropped: [Bool], keeping values: [Value]) -> [Value] {
    var renamed: [Int] = [], kept: [Step] = []
    func moved(_ value: Value) -> Value {
      if case .step(let source) = value { .step(renamed[source]) } else { value }
    }
    for (position, step) in steps.enumerated() {
      renamed.append(kept.count)
      guard !isDropped[position] else { continue }
      kept.append(Step(op: step.op, operands: step.operands.map(moved)))
    }
    steps = kept
    return values.map(moved)
  }

  private func numbered(inputs: [Input], constants: [Constant], results: [Value]) -> Assembled {
    var lastUse = Array(repeating: -1, count: steps.count)
    for (position, step) in steps.enumerated() {
      for case .step(let source) in step.operands { lastUse[source] = position }
    }
    for case .step(let source) in results { lastUse[source] = steps.count }
    let inputNumber = Dictionary(uniqueKeysWithValues: zip(inputs, 0...))
    let constantNumber = Dictionary(uniqueKeysWithValues: zip(constants, inputs.count...))
    let firstSlot = inputs.count + constants.count
    var slotOf: [Int] = [], free: [Int] = [], slotCount = 0, code: [rk_instruction] = []
    func number(_ value: Value) -> Int {
      switch value {
      case .input(let input): inputNumber[input] ?? 0
      case .constant(let constant): constantNumber[constant] ?? 0
      case .step(let step): firstSlot + slotOf[step]
      }
    }
    for (position, step) in steps.enumerated() {
      let operands = step.operands.map { UInt16(number($0)) }
      for source in Set(step.operands) {
        if case .step(let source) = source, lastUse[source] == position {
          free.append(slotOf[source])
        }
      }
      free.sort(by: >)
      let slot = free.popLast() ?? slotCount
      slotCount = max(slotCount, slot + 1)
      slotOf.append(slot)
      if lastUse[position] < 0 { free.append(slot) }
      code.append(
        rk_instruction(
          op: UInt16(step.op.rawValue), dst: UInt16(firstSlot + slot), a: operands.first ?? 0,
          b: operands.count > 1 ? operands[1] : 0, c: operands.count > 2 ? operands[2] : 0,
          d: operands.count > 3 ? operands[3] : 0))
    }
    return Assembled(code: code, slotCount: slotCount, values: results.map(number))
  }
}
