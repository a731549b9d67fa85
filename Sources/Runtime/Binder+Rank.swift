import CRankineKernels

extension Binder {
  func bind(_ sums: TapeRankSums) throws -> BoundRankSums {
    let chunks = PairChunks(
      leadCount: try sums.lead.map(resolve).reduce(1, *), rows: try resolve(sums.rows),
      columns: try resolve(sums.columns), sumsPerColumn: sums.columnSlope != nil)
    func row(_ i: Int) -> rk_pair_input {
      rk_pair_input(base: bases[sums.rowInputs[i]], lead_stride: chunks.rows)
    }
    func column(_ i: Int) -> rk_pair_input {
      rk_pair_input(base: bases[sums.columnInputs[i]], lead_stride: chunks.columns)
    }
    let rank = rk_rank(
      type: Int32(Scalar.kernelType.rawValue), rows: chunks.rows, columns: chunks.columns,
      row_score: row(0), row_high: row(1), row_low: row(2), column_score: column(0),
      column_high: column(1), column_low: column(2))
    let size = MemoryLayout<Scalar>.stride
    return BoundRankSums(
      elementSize: size, rank: memory.place(rank), chunks: chunks,
      value: sums.value.map { bases[$0] }, rowSlope: sums.rowSlope.map { bases[$0] },
      columnSlope: sums.columnSlope.map { bases[$0] },
      plans: memory.place(
        (0..<chunks.leadCount).map { _ in
          plan(chunks.rows, chunks.columns, ordersColumns: sums.columnSlope == nil)
        }),
      values: memory.allocate(chunks.count),
      slopes: memory.scratch(
        byteCount: chunks.leadCount * chunks.columnChunks * chunks.rows * size))
  }

  /// A plan with room for its rows, for the band form where there are enough pairs for it, and for an
  /// order of the columns, which slopes per column would not follow.
  private func plan(_ rows: Int, _ columns: Int, ordersColumns: Bool) -> rk_rank_plan {
    func room<Value>(_ count: Int, of type: Value.Type) -> UnsafeMutablePointer<Value> {
      memory.scratch(byteCount: count * MemoryLayout<Value>.stride)
        .bindMemory(to: Value.self, capacity: count)
    }
    let size = MemoryLayout<Scalar>.stride
    var plan = rk_rank_plan()
    plan.wanted = Int32(RK_RANK_FREE.rawValue)
    plan.order = room(rows, of: Int32.self)
    plan.row_factor = memory.scratch(byteCount: rows * size)
    plan.row_high = memory.scratch(byteCount: rows * size)
    plan.row_low = memory.scratch(byteCount: rows * size)
    plan.bases = room(max(rows, 1), of: Double.self)
    plan.firsts = room(rows + 2, of: Int32.self)
    let bandByteCount = rk_rank_workspace(Scalar.kernelType, rows, columns)
    if bandByteCount > 0 { plan.workspace = memory.scratch(byteCount: bandByteCount) }
    if ordersColumns {
      plan.ordering = memory.scratch(
        byteCount: rk_rank_ordering(Scalar.kernelType, rows, columns))
    }
    return plan
  }
}
