import CRankineKernels

/// Two operations that the kernels do in one: an outer one, and an inner one whose value is one of
/// its operands and is read by nobody else.
private struct FusedOperation {
  let outer: rk_opcode
  let inner: rk_opcode
  /// Which operand of the outer operation the inner one computes.
  let position: Int
  let fused: rk_opcode

  /// Operands of the fused operation: the inner one's, then the outer one's others. Where the inner
  /// operation is the last addend of a sum, its operands come last.
  func operands<Value>(inner: [Value], others: [Value]) -> [Value] {
    fused == RK_ADD_PRODUCTS ? others + inner : inner + others
  }
}

/// All of them, in the order in which they are looked for.
private let fusedOperations: [FusedOperation] = [
  .init(outer: RK_ADD, inner: RK_MULTIPLY, position: 0, fused: RK_MULTIPLY_ADD),
  .init(outer: RK_ADD, inner: RK_MULTIPLY, position: 1, fused: RK_MULTIPLY_ADD),
  .init(outer: RK_MULTIPLY_ADD, inner: RK_MULTIPLY, position: 2, fused: RK_ADD_PRODUCTS),
  .init(outer: RK_SUBTRACT, inner: RK_MULTIPLY, position: 0, fused: RK_MULTIPLY_SUBTRACT),
  .init(outer: RK_SUBTRACT, inner: RK_MULTIPLY, position: 1, fused: RK_SUBTRACT_PRODUCT),
  .init(outer: RK_MULTIPLY, inner: RK_MULTIPLY, position: 0, fused: RK_MULTIPLY_TWICE),
  .init(outer: RK_MULTIPLY, inner: RK_MULTIPLY, position: 1, fused: RK_MULTIPLY_TWICE),
  .init(outer: RK_MULTIPLY, inner: RK_ADD, position: 0, fused: RK_ADD_MULTIPLY),
  .init(outer: RK_MULTIPLY, inner: RK_ADD, position: 1, fused: RK_ADD_MULTIPLY),
  .init(outer: RK_MULTIPLY, inner: RK_SUBTRACT, position: 0, fused: RK_SUBTRACT_MULTIPLY),
  .init(outer: RK_MULTIPLY, inner: RK_SUBTRACT, position: 1, fused: RK_SUBTRACT_MULTIPLY),
  .init(outer: RK_DIVIDE, inner: RK_ADD, position: 1, fused: RK_DIVIDE_BY_SUM),
  .init(outer: RK_SQRT, inner: RK_MULTIPLY, position: 0, fused: RK_SQRT_PRODUCT),
]

extension ScalarCode {
  /// Replaces pairs of steps by one that does both, which saves a store and a load of the value
  /// between them.
  ///
  /// The steps of a pair must vary along the same axes: what is the same all along a row is computed
  /// once a row, and shall stay so.
  ///
  /// - Returns: the values asked for, in the new numbering.
  mutating func fuse(results: [Value], axes: (Input) -> UInt) -> [Value] {
    var steps = steps
    let (varies, readers) = variationsAndReaders(results: results, axes: axes)

    var isDropped = Array(repeating: false, count: steps.count)
    for position in steps.indices {
      while let (rule, source) = rule(for: position, steps, readers, varies) {
        var others = steps[position].operands
        others.remove(at: rule.position)
        steps[position] = Step(
          op: rule.fused,
          operands: rule.operands(inner: steps[source].operands, others: others))
        isDropped[source] = true
      }
    }

    self.steps = steps
    return remove(isDropped, keeping: results)
  }

  private func rule(
    for position: Int, _ steps: [Step], _ readers: [Int], _ varies: [UInt]
  ) -> (rule: FusedOperation, source: Int)? {
    let step = steps[position]
    for rule in fusedOperations where rule.outer == step.op {
      guard case .step(let source) = step.operands[rule.position],
        steps[source].op == rule.inner, readers[source] == 1, varies[source] == varies[position]
      else { continue }
      return (rule, source)
    }
    return nil
  }
}
