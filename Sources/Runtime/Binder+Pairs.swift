import CRankineKernels

extension Binder {
  func bind(_ sums: TapePairSums) throws -> BoundPairSums {
    let chunks = PairChunks(
      leadCount: try sums.lead.map(resolve).reduce(1, *), rows: try resolve(sums.rows),
      columns: try resolve(sums.columns),
      sumsPerColumn: sums.outputs.contains { $0.sum == RK_COLUMNS })
    let results = sums.outputs.map { bases[$0.result] }
    let size = MemoryLayout<Scalar>.stride
    let outputCount = sums.outputs.count
    let partials = memory.scratch(
      byteCount: chunks.leadCount * chunks.columnChunks * outputCount * chunks.rows * size)
    var targets: [UnsafeMutableRawPointer?] = []
    for chunk in 0..<chunks.count {
      let (lead, part, _, _) = chunks.range(chunk)
      for (o, output) in sums.outputs.enumerated() {
        targets.append(
          output.sum == RK_COLUMNS
            ? results[o] + lead * chunks.columns * size
            : partials
              + ((lead * chunks.columnChunks + part) * outputCount + o) * chunks.rows * size)
      }
    }
    let factors = (sums.factored?.exponentials ?? []).map { factor($0, sums, chunks) }
    return BoundPairSums(
      direct: memory.place(pair(sums.direct, sums, chunks, factors: [])),
      factored: sums.factored.map { memory.place(pair($0, sums, chunks, factors: factors)) },
      factors: memory.place(factors), factorCount: factors.count,
      isFactored: memory.place(Array(repeating: false, count: chunks.leadCount)), chunks: chunks,
      outputCount: outputCount, sums: memory.place(sums.outputs.map(\.sum)),
      results: memory.place(results), partials: partials, targets: memory.place(targets))
  }

  private func pair(
    _ program: TapePairProgram, _ sums: TapePairSums, _ chunks: PairChunks,
    factors: [rk_pair_factor]
  ) -> rk_pair {
    let rows =
      sums.rowInputs.map { input($0, chunks.rows) }
      + factors.map { rk_pair_input(base: $0.row_factors, lead_stride: chunks.rows) }
    let columns =
      sums.columnInputs.map { input($0, chunks.columns) }
      + factors.map { rk_pair_input(base: $0.column_factors, lead_stride: chunks.columns) }
    var pair = rk_pair()
    pair.type = Int32(Scalar.kernelType.rawValue)
    pair.row_input_count = Int32(rows.count)
    pair.column_input_count = Int32(columns.count)
    pair.scalar_input_count = Int32(sums.scalarInputs.count)
    pair.constant_count = Int32(program.constants.count)
    pair.instruction_count = Int32(program.code.count)
    pair.output_count = Int32(sums.outputs.count)
    pair.slot_count = Int32(program.slotCount)
    (pair.rows, pair.columns) = (chunks.rows, chunks.columns)
    pair.row_inputs = UnsafePointer(memory.place(rows))
    pair.column_inputs = UnsafePointer(memory.place(columns))
    pair.scalar_inputs = UnsafePointer(memory.place(sums.scalarInputs.map { input($0, 1) }))
    pair.constants = UnsafePointer(memory.place(program.constants.map { Double(bitPattern: $0) }))
    pair.instructions = UnsafePointer(memory.place(program.code))
    pair.outputs = UnsafePointer(
      memory.place(
        zip(program.values, sums.outputs).map { rk_pair_output($0, $1.sum) }))
    return pair
  }

  private func factor(
    _ exponential: TapePairProgram.Exponential, _ sums: TapePairSums, _ chunks: PairChunks
  ) -> rk_pair_factor {
    let size = MemoryLayout<Scalar>.stride
    return rk_pair_factor(
      type: Int32(Scalar.kernelType.rawValue), scale: exponential.scale, rows: chunks.rows,
      columns: chunks.columns, row_scores: input(sums.rowInputs[exponential.row], chunks.rows),
      column_scores: input(sums.columnInputs[exponential.column], chunks.columns),
      row_factors: memory.scratch(byteCount: chunks.leadCount * chunks.rows * size),
      column_factors: memory.scratch(byteCount: chunks.leadCount * chunks.columns * size))
  }

  private func input(_ buffer: Int, _ leadStride: Int) -> rk_pair_input {
    rk_pair_input(base: bases[buffer], lead_stride: leadStride)
  }
}

extension rk_pair_output {
  fileprivate init(_ total: TapePairProgram.Total, _ sum: rk_pair_sum) {
    func term(_ position: Int) -> rk_pair_term {
      position < total.terms.count ? rk_pair_term(total.terms[position]) : rk_pair_term()
    }
    self.init(
      value: UInt16(total.value), sum: UInt8(sum.rawValue), is_negated: total.isNegated ? 1 : 0,
      term_count: UInt8(total.terms.count),
      is_second_subtracted: total.isSecondSubtracted ? 1 : 0, terms: (term(0), term(1)))
  }
}

extension rk_pair_term {
  fileprivate init(_ term: TapePairProgram.Total.Term) {
    let x = term.operands.map { UInt16($0) }
    self.init(
      form: UInt16(term.form.rawValue), a: x[0], b: x.count > 1 ? x[1] : x[0],
      c: x.count > 2 ? x[2] : x[0], above: UInt16(term.above), below: UInt16(term.below))
  }
}
