import CRankineKernels

extension Executable {
  func run(_ sums: BoundPairSums) {
    let chunks = sums.chunks
    sweep(chunks) { chunk in
      let (lead, _, rows, columns) = chunks.range(chunk)
      rk_run_pair(
        sums.pair, lead, rows.lowerBound, rows.upperBound, columns.lowerBound, columns.upperBound,
        sums.targets + chunk * sums.outputCount)
    }
    for output in 0..<sums.outputCount where sums.sums[output] != RK_COLUMNS {
      Self.combine(
        sums.partials, chunks, output: output, of: sums.outputCount,
        perRow: sums.sums[output] == RK_ROWS, into: sums.results[output])
    }
  }

  func run(_ sums: BoundRankSums) {
    let chunks = sums.chunks
    let size = MemoryLayout<Scalar>.stride
    for lead in 0..<chunks.leadCount {
      sums.isFactored[lead] =
        rk_rank_factors(
          sums.rank, lead, sums.rowFactors + lead * chunks.rows * size,
          sums.columnFactors + lead * chunks.columns * size) != 0
    }
    sweep(chunks) { chunk in
      let (lead, part, rows, columns) = chunks.range(chunk)
      let partial = sums.partials + (lead * chunks.columnChunks + part) * 2 * chunks.rows * size
      let isFactored = sums.isFactored[lead]
      rk_run_rank(
        sums.rank, lead, rows.lowerBound, rows.upperBound, columns.lowerBound, columns.upperBound,
        isFactored ? sums.rowFactors + lead * chunks.rows * size : nil,
        isFactored ? sums.columnFactors + lead * chunks.columns * size : nil,
        sums.value == nil ? nil : partial,
        sums.rowSlope == nil ? nil : partial + chunks.rows * size,
        sums.columnSlope.map { $0 + lead * chunks.columns * size })
    }
    if let value = sums.value {
      Self.combine(sums.partials, chunks, output: 0, of: 2, perRow: false, into: value)
    }
    if let slope = sums.rowSlope {
      Self.combine(sums.partials, chunks, output: 1, of: 2, perRow: true, into: slope)
    }
  }

  private func sweep(_ chunks: PairChunks, _ body: (Int) -> Void) {
    if chunks.leadCount * chunks.rows * chunks.columns < 40_000 {
      for chunk in 0..<chunks.count { body(chunk) }
    } else {
      pool.forEach(chunks: chunks.count, body)
    }
  }

  /// Adds the column chunks' sums per row, in order, and over the rows where one number is wanted.
  private static func combine(
    _ partials: UnsafeMutableRawPointer, _ chunks: PairChunks, output: Int, of outputCount: Int,
    perRow: Bool, into result: UnsafeMutableRawPointer
  ) {
    let partials = partials.assumingMemoryBound(to: Scalar.self)
    let result = result.assumingMemoryBound(to: Scalar.self)
    for lead in 0..<chunks.leadCount {
      var total = 0.0
      for row in 0..<chunks.rows {
        var sum: Scalar = 0
        for part in 0..<chunks.columnChunks {
          sum +=
            partials[
              ((lead * chunks.columnChunks + part) * outputCount + output) * chunks.rows + row]
        }
        if perRow { result[lead * chunks.rows + row] = sum } else { total += Double(sum) }
      }
      if !perRow { result[lead] = Scalar(total) }
    }
  }
}
