import CRankineKernels

extension Binder {
  func bind(_ sums: TapePairSums) throws -> BoundPairSums {
    let chunks = PairChunks(
      leadCount: try sums.lead.map(resolve).reduce(1, *), rows: try resolve(sums.rows),
      columns: try resolve(sums.columns),
      sumsPerColumn: sums.outputs.contains { $0.sum == RK_COLUMNS })
    var pair = rk_pair()
    pair.type = Int32(Scalar.kernelType.rawValue)
    pair.row_input_count = Int32(sums.rowInputs.count)
    pair.column_input_count = Int32(sums.columnInputs.count)
    pair.scalar_input_count = Int32(sums.scalarInputs.count)
    pair.constant_count = Int32(sums.constants.count)
    pair.instruction_count = Int32(sums.code.count)
    pair.output_count = Int32(sums.outputs.count)
    pair.slot_count = Int32(sums.slotCount)
    (pair.rows, pair.columns) = (chunks.rows, chunks.columns)
    pair.row_inputs = inputs(sums.rowInputs, leadStride: chunks.rows)
    pair.column_inputs = inputs(sums.columnInputs, leadStride: chunks.columns)
    pair.scalar_inputs = inputs(sums.scalarInputs, leadStride: 1)
    pair.constants = UnsafePointer(memory.place(sums.constants.map { Double(bitPattern: $0) }))
    pair.instructions = UnsafePointer(memory.place(sums.code))
    pair.outputs = UnsafePointer(
      memory.place(
        sums.outputs.map {
          rk_pair_output(value: UInt16($0.value), sum: UInt16($0.sum.rawValue))
        }))

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
    return BoundPairSums(
      pair: memory.place(pair), chunks: chunks, outputCount: outputCount,
      sums: memory.place(sums.outputs.map(\.sum)), results: memory.place(results),
      partials: partials, targets: memory.place(targets))
  }

  private func inputs(_ buffers: [Int], leadStride: Int) -> UnsafePointer<rk_pair_input> {
    UnsafePointer(
      memory.place(buffers.map { rk_pair_input(base: bases[$0], lead_stride: leadStride) }))
  }
}
