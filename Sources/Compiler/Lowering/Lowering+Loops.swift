import CRankineKernels
import RankineGraph
import RankineRuntime

extension Lowering {
  private typealias Code = ScalarCode<TapeView, TapeConstant>

  /// One loop: the members' values block by block, stores for those read elsewhere, and reductions.
  mutating func lowerLoop(_ unit: FusionPlan.Unit, _ number: Int, over shape: Shape) {
    var code = Code()
    var values: [Int: Code.Value] = [:]
    var inputs: [TapeView] = [], constants: [TapeConstant] = []
    let computed = unit.members.filter { graph.nodes[$0].op.isElementwise }

    func value(_ id: Int) -> Code.Value {
      if let known = values[id] { return known }
      if let constant = constant(id) {
        if !constants.contains(constant) { constants.append(constant) }
        return .constant(constant)
      }
      let view = view(of: id)
      if !inputs.contains(view) { inputs.append(view) }
      return .input(view)
    }

    for id in computed {
      let node = graph.nodes[id]
      guard let opcode = node.op.opcode else { continue }
      values[id] = code.append(opcode, node.operands.map { value($0) })
    }

    var results: [Code.Value] = [], outputs: [TapeLoop.Output] = []
    for id in computed where isReadOutside(id, number) {
      results.append(value(id))
      let target = TapeView(whole: buffer(of: id), rank: shape.rank)
      outputs.append(.init(to: target, value: 0, combine: RK_STORE))
    }
    for id in unit.members {
      guard case .axes(let axes) = graph.nodes[id].attribute,
        graph.nodes[id].op == .sum || graph.nodes[id].op == .largest
      else { continue }
      results.append(value(graph.nodes[id].operands[0]))
      let target = reduction(of: shape, over: axes, into: buffer(of: id))
      let combine = graph.nodes[id].op == .sum ? RK_SUM : RK_LARGEST
      outputs.append(.init(to: target, value: 0, combine: combine))
    }
    tape.append(
      .loop(loop(over: shape, code, inputs, constants, results: results, outputs: outputs)),
      label: graph.nodes[unit.members[unit.members.count - 1]].scope)
  }

  /// Where the sums over some axes of a shape go: the view repeats along these.
  private func reduction(of shape: Shape, over axes: [Int], into buffer: Int) -> TapeView {
    var next = 0
    let kept: [Int?] = shape.dimensions.indices.map { axis in
      guard !axes.contains(axis) else { return nil }
      defer { next += 1 }
      return next
    }
    return TapeView(buffer: buffer, axes: kept, starts: Array(repeating: 0, count: next))
  }

  /// The instruction for some steps, after those that go together were joined.
  private func loop(
    over shape: Shape, _ code: Code, _ inputs: [TapeView], _ constants: [TapeConstant],
    results: [Code.Value], outputs: [TapeLoop.Output]
  ) -> TapeLoop {
    let axes = { (view: TapeView) -> UInt in
      view.axes.enumerated().reduce(0) { $1.element == nil ? $0 : $0 | 1 << UInt($1.offset) }
    }
    let all = shape.dimensions.enumerated().reduce(0 as UInt) { axes, axis in
      axis.element == .fixed(1) ? axes : axes | 1 << UInt(axis.offset)
    }
    var code = code, outputs = outputs
    let chained = code.chain(results: results, axes: axes) { constant in
      if case .number(let bits) = constant { Double(bitPattern: bits) } else { nil }
    }
    let products = code.multiplyInSums(
      chained, sums: Set(outputs.indices.filter { outputs[$0].combine == RK_SUM }), along: all,
      axes: axes)
    let positions = products.factors.keys.sorted()
    let assembled = code.assembled(
      inputs: inputs, constants: constants,
      results: products.results + positions.compactMap { products.factors[$0] }, axes: axes)
    for position in outputs.indices { outputs[position].value = assembled.values[position] }
    for (position, factor) in zip(positions, assembled.values.dropFirst(outputs.count)) {
      outputs[position].factor = factor
      outputs[position].combine = RK_SUM_OF_PRODUCTS
    }
    return TapeLoop(
      extents: shape.tapeExtents, inputs: inputs, constants: constants, code: assembled.code,
      slotCount: assembled.slotCount, outputs: outputs)
  }

  /// A number that needs no memory: a constant or an extent, however often repeated.
  private func constant(_ id: Int) -> TapeConstant? {
    var id = id
    while graph.nodes[id].op == .broadcast || graph.nodes[id].op == .reshape {
      id = graph.nodes[id].operands[0]
    }
    switch graph.nodes[id].attribute {
    case .constant(let bits): return .number(bits)
    case .extent(let dimension): return .extent(dimension.tapeExtent)
    default: return nil
    }
  }

  private func isReadOutside(_ id: Int, _ unit: Int) -> Bool {
    plan.readers[id].contains { reader in
      guard let reader else { return true }
      return plan.unitOf[reader] != unit || graph.nodes[reader].op.isRearrangement
    }
  }
}
