import CRankineKernels
import RankineGraph
import RankineRuntime

extension Lowering {
  /// One sweep over rows × columns for all sums of the unit; those that the rank kernel knows run
  /// there.
  mutating func lowerPairs(_ unit: FusionPlan.Unit) throws(GraphError) {
    var others: [Int] = []
    var known: [[Int]: [(role: RankTemplate.Role, id: Int)]] = [:]
    for id in unit.members {
      let node = graph.nodes[id]
      guard case .pair(let pair) = node.attribute else { continue }
      if let role = RankTemplate.shared.role(of: pair) {
        known[node.operands, default: []].append((role, id))
      } else {
        others.append(id)
      }
    }
    for operands in known.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      lowerRank(operands, known[operands] ?? [])
    }
    guard !others.isEmpty else { return }
    if try !lowerSweep(others) {
      // Too many values at a time for one sweep: each sum gets its own.
      for id in others where try !lowerSweep([id]) {
        throw GraphError(
          "pair-body-too-long", at: graph.nodes[id].scope,
          "a pairwise expression holds more than \(RK_MAX_SLOTS) values at a time",
          hint: "split the loss into a sum of shorter ones")
      }
    }
  }

  private mutating func lowerRank(
    _ operands: [Int], _ outputs: [(role: RankTemplate.Role, id: Int)]
  ) {
    let buffers = operands.map { contiguous($0) }
    let rows = graph.nodes[operands[0]].shape, columns = graph.nodes[operands[3]].shape
    func result(_ role: RankTemplate.Role) -> Int? {
      outputs.first { $0.role == role }.map { buffer(of: $0.id) }
    }
    tape.append(
      .rankSums(
        TapeRankSums(
          lead: Array(rows.tapeExtents.dropLast()), rows: rows[rows.rank - 1].tapeExtent,
          columns: columns[columns.rank - 1].tapeExtent, rowInputs: Array(buffers[..<3]),
          columnInputs: Array(buffers[3...]), value: result(.value), rowSlope: result(.rowSlope),
          columnSlope: result(.columnSlope))),
      label: graph.nodes[outputs[0].id].scope)
  }

  /// - Returns: false when the sums need more slots than there are.
  private mutating func lowerSweep(_ sums: [Int]) throws(GraphError) -> Bool {
    let inputs = PairInputs(sums, in: graph)
    guard let direct = program(sums, inputs, usesFactors: false) else { return false }
    let factored = program(sums, inputs, usesFactors: true)
    let rowShape = graph.nodes[inputs.rows[0]].shape
    let columnShape = graph.nodes[inputs.columns[0]].shape
    tape.append(
      .pairSums(
        TapePairSums(
          lead: Array(rowShape.tapeExtents.dropLast()),
          rows: rowShape[rowShape.rank - 1].tapeExtent,
          columns: columnShape[columnShape.rank - 1].tapeExtent,
          rowInputs: inputs.rows.map { contiguous($0) },
          columnInputs: inputs.columns.map { contiguous($0) },
          scalarInputs: inputs.scalars.map { contiguous($0) },
          outputs: sums.map { .init(sum: kernelSum($0), result: buffer(of: $0)) }, direct: direct,
          factored: factored.flatMap { $0.exponentials.isEmpty ? nil : $0 })),
      label: graph.nodes[sums[0]].scope)
    return true
  }

  /// The sums' bodies as one program, or nil when it needs more slots than there are.
  private func program(
    _ sums: [Int], _ inputs: PairInputs, usesFactors: Bool
  ) -> TapePairProgram? {
    var code = PairCode(usesFactors: usesFactors)
    let results = sums.map { inputs.value(of: $0, in: graph, &code) }
    let fusion = PairFusion(code, results: results)
    var scalar = ScalarCode<PairCode.Input, UInt64>()
    var renamed: [PairCode.Value] = [], constants: [UInt64] = []
    func new(_ value: PairCode.Value) -> PairCode.Value {
      if case .constant(let bits) = value, !constants.contains(bits) { constants.append(bits) }
      guard case .step(let number) = value else { return value }
      return renamed[number]
    }
    for (number, step) in fusion.steps.enumerated() {
      guard let step else {
        renamed.append(.step(number))
        continue
      }
      renamed.append(scalar.append(rk_opcode(step.op), step.operands.map(new)))
    }
    let axes: (PairCode.Input) -> UInt = { input in
      switch input {
      case .row, .rowFactor: 1
      case .column, .columnFactor: 2
      case .scalar: 0
      }
    }
    let values = scalar.chain(
      results: fusion.results.flatMap(\.values).map(new), axes: axes,
      number: { Double(bitPattern: $0) })
    let factors = code.exponentials.indices
    var numbered: [PairCode.Input] = inputs.rows.indices.map { .row($0) }
    numbered += factors.map { .rowFactor($0) }
    numbered += inputs.columns.indices.map { .column($0) }
    numbered += factors.map { .columnFactor($0) }
    numbered += inputs.scalars.indices.map { .scalar($0) }
    let assembled = scalar.assembled(
      inputs: numbered, constants: constants, results: values, axes: axes)
    guard assembled.slotCount <= Int(RK_MAX_SLOTS) else { return nil }
    var rest = assembled.values[...]
    return TapePairProgram(
      exponentials: code.exponentials.map {
        .init(row: $0.row, column: $0.column, scale: $0.scale)
      },
      constants: constants, code: assembled.code, slotCount: assembled.slotCount,
      values: fusion.results.map { result in
        defer { rest = rest.dropFirst(result.values.count) }
        return TapePairProgram.Total(result, Array(rest.prefix(result.values.count)))
      })
  }

  private func kernelSum(_ id: Int) -> rk_pair_sum {
    guard case .pair(let pair) = graph.nodes[id].attribute else { return RK_ALL }
    switch pair.sum {
    case .all: return RK_ALL
    case .rows: return RK_ROWS
    case .columns: return RK_COLUMNS
    }
  }
}

extension TapePairProgram.Total {
  /// - Parameter numbers: those of the result's values, in their order.
  fileprivate init(_ result: PairResult, _ numbers: [Int]) {
    self.init(value: numbers[0], isNegated: result.isNegated)
    isSecondSubtracted = result.isSecondSubtracted
    var rest = numbers[...]
    terms = result.terms.map { term in
      let count = term.operands.count
      defer { rest = rest.dropFirst(count + 2) }
      let own = Array(rest)
      return .init(
        form: term.form, operands: Array(own[..<count]), above: own[count], below: own[count + 1])
    }
  }
}

/// The arrays that some pair sums read, each once.
private struct PairInputs {
  private(set) var rows: [Int] = []
  private(set) var columns: [Int] = []
  private(set) var scalars: [Int] = []

  init(_ sums: [Int], in graph: Graph) {
    func add(_ operand: Int, to list: inout [Int]) {
      if !list.contains(operand) { list.append(operand) }
    }
    for id in sums {
      guard case .pair(let pair) = graph.nodes[id].attribute else { continue }
      let parts = PairOperands(graph.nodes[id].operands, pair.body)
      for operand in parts.rows { add(operand, to: &rows) }
      for operand in parts.columns { add(operand, to: &columns) }
      for operand in parts.scalars { add(operand, to: &scalars) }
    }
  }

  /// Appends the body of a pair sum and returns its value.
  func value(of id: Int, in graph: Graph, _ code: inout PairCode) -> PairCode.Value {
    guard case .pair(let pair) = graph.nodes[id].attribute else { return .constant(0) }
    let parts = PairOperands(graph.nodes[id].operands, pair.body)
    func position(_ operand: Int, in list: [Int]) -> Int { list.firstIndex(of: operand) ?? 0 }
    var values: [PairCode.Value] = []
    for instruction in pair.body.instructions {
      switch instruction {
      case .variable(.row(let i)):
        values.append(.input(.row(position(parts.rows[i], in: rows))))
      case .variable(.column(let i)):
        values.append(.input(.column(position(parts.columns[i], in: columns))))
      case .variable(.scalar(let i)):
        values.append(.input(.scalar(position(parts.scalars[i], in: scalars))))
      case .constant(let bits): values.append(.constant(bits))
      case .apply(let op, let operands):
        guard let opcode = op.opcode else { continue }
        values.append(code.apply(opcode, operands.map { values[$0] }))
      }
    }
    return values[values.count - 1]
  }
}
