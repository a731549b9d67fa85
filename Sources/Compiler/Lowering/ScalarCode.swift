import CRankineKernels
import RankineGraph

/// Writes a block program: values come from inputs, constants and slots, and a slot is used again
/// once its value was read for the last time.
struct ScalarCode<Input: Hashable, Constant: Hashable> {
  enum Value: Hashable {
    case input(Input)
    case constant(Constant)
    /// The result of the step with this number.
    case step(Int)
  }

  private struct Step {
    let op: rk_opcode
    let operands: [Value]
  }

  private var steps: [Step] = []

  /// - Parameter operands: a fourth one is what the operation adds to, in its place; nobody else may
  ///   read it later.
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
  /// - Parameter results: values that must be there at the end.
  func assembled(inputs: [Input], constants: [Constant], results: [Value]) -> Assembled {
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
      var place: Int?
      if step.operands.count == 4, case .step(let source) = step.operands[3] {
        place = slotOf[source]
      }
      for source in Set(step.operands) {
        if case .step(let source) = source, lastUse[source] == position, slotOf[source] != place {
          free.append(slotOf[source])
        }
      }
      free.sort(by: >)
      let slot = place ?? free.popLast() ?? slotCount
      slotCount = max(slotCount, slot + 1)
      slotOf.append(slot)
      if lastUse[position] < 0 { free.append(slot) }
      code.append(
        rk_instruction(
          op: UInt16(step.op.rawValue), dst: UInt16(firstSlot + slot), a: operands[0],
          b: operands.count > 1 ? operands[1] : 0, c: operands.count > 2 ? operands[2] : 0))
    }
    return Assembled(code: code, slotCount: slotCount, values: results.map(number))
  }
}

extension Op {
  /// The kernels' name of an elementwise operation.
  var opcode: rk_opcode? {
    switch self {
    case .add: RK_ADD
    case .subtract: RK_SUBTRACT
    case .multiply: RK_MULTIPLY
    case .divide: RK_DIVIDE
    case .maximum: RK_MAXIMUM
    case .minimum: RK_MINIMUM
    case .greater: RK_GREATER
    case .equal: RK_EQUAL
    case .select: RK_SELECT
    case .negate: RK_NEGATE
    case .exp: RK_EXP
    case .log: RK_LOG
    case .squareRoot: RK_SQRT
    case .sigmoid: RK_SIGMOID
    case .tanh: RK_TANH
    case .softplus: RK_SOFTPLUS
    case .absolute: RK_ABS
    case .sign: RK_SIGN
    case .leaf, .constant, .extent, .uniform, .detach, .matmul, .sum, .largest, .broadcast,
      .reshape, .transpose, .slice, .concatenate, .gather, .scatterAdd, .pairReduce:
      nil
    }
  }
}
