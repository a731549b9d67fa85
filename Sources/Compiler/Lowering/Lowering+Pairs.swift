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

  private typealias Code = ScalarCode<PairBody.Variable, UInt64>

  /// - Returns: false when the sums need more slots than there are.
  private mutating func lowerSweep(_ sums: [Int]) throws(GraphError) -> Bool {
    var rows: [Int] = [], columns: [Int] = [], scalars: [Int] = []
    func position(_ operand: Int, in list: inout [Int]) -> Int {
      if let known = list.firstIndex(of: operand) { return known }
      list.append(operand)
      return list.count - 1
    }
    var code = Code(), steps: [Step: Code.Value] = [:], constants: [UInt64] = []
    var results: [Code.Value] = []
    for id in sums {
      guard case .pair(let pair) = graph.nodes[id].attribute else { continue }
      let parts = PairOperands(graph.nodes[id].operands, pair.body)
      var values: [Code.Value] = []
      for instruction in pair.body.instructions {
        switch instruction {
        case .variable(.row(let i)):
          values.append(.input(.row(position(parts.rows[i], in: &rows))))
        case .variable(.column(let i)):
          values.append(.input(.column(position(parts.columns[i], in: &columns))))
        case .variable(.scalar(let i)):
          values.append(.input(.scalar(position(parts.scalars[i], in: &scalars))))
        case .constant(let bits):
          if !constants.contains(bits) { constants.append(bits) }
          values.append(.constant(bits))
        case .apply(let op, let operands):
          guard let opcode = op.opcode else { continue }
          let step = Step(opcode: opcode.rawValue, operands: operands.map { values[$0] })
          let value = steps[step] ?? code.append(opcode, step.operands)
          steps[step] = value
          values.append(value)
        }
      }
      results.append(values[values.count - 1])
      if rows.isEmpty { rows.append(parts.rows[0]) }
      if columns.isEmpty { columns.append(parts.columns[0]) }
    }
    let variables: [PairBody.Variable] =
      rows.indices.map { .row($0) } + columns.indices.map { .column($0) }
      + scalars.indices.map { .scalar($0) }
    let assembled = code.assembled(inputs: variables, constants: constants, results: results) {
      switch $0 {
      case .row: 1
      case .column: 2
      case .scalar: 0
      }
    }
    guard assembled.slotCount <= Int(RK_MAX_SLOTS) else { return false }
    let rowShape = graph.nodes[rows[0]].shape, columnShape = graph.nodes[columns[0]].shape
    tape.append(
      .pairSums(
        TapePairSums(
          lead: Array(rowShape.tapeExtents.dropLast()),
          rows: rowShape[rowShape.rank - 1].tapeExtent,
          columns: columnShape[columnShape.rank - 1].tapeExtent,
          rowInputs: rows.map { contiguous($0) }, columnInputs: columns.map { contiguous($0) },
          scalarInputs: scalars.map { contiguous($0) }, constants: constants, code: assembled.code,
          slotCount: assembled.slotCount,
          outputs: zip(sums, assembled.values).map { id, value in
            .init(value: value, sum: kernelSum(id), result: buffer(of: id))
          })),
      label: graph.nodes[sums[0]].scope)
    return true
  }

  private struct Step: Hashable {
    let opcode: UInt32
    let operands: [Code.Value]
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
