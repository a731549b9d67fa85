import CRankineKernels

extension Executable {
  func run(_ bound: UnsafeMutablePointer<BoundPairSums>) {
    let sums = bound.pointee
    sums.prepare()
    if sums.chunks.isLarge {
      pool.forEach(chunks: sums.chunks.count, context: bound) { context, chunk in
        context.load(as: BoundPairSums.self).run(chunk)
      }
    } else {
      for chunk in 0..<sums.chunks.count { sums.run(chunk) }
    }
    for output in 0..<sums.outputCount where sums.sums[output] != RK_COLUMNS {
      Self.combine(
        sums.partials, sums.chunks, output: output, of: sums.outputCount,
        perRow: sums.sums[output] == RK_ROWS, into: sums.results[output])
    }
  }

  /// Adds the column chunks' sums per row, in order, and over the rows where one number is wanted.
  private static func combine(
    _ partials: UnsafeMutableRawPointer, _ chunks: PairChunks, output: Int, of outputCount: Int,
    perRow: Bool, into result: UnsafeMutableRawPointer
  ) {
    let total = result.assumingMemoryBound(to: Scalar.self)
    let rowSize = chunks.rows * MemoryLayout<Scalar>.stride
    for lead in 0..<chunks.leadCount {
      let first = partials + (lead * chunks.columnChunks * outputCount + output) * rowSize
      let sum = rk_add_parts(
        Scalar.kernelType, chunks.columnChunks, outputCount * chunks.rows, chunks.rows, first, nil,
        perRow ? result + lead * rowSize : nil)
      if !perRow { total[lead] = Scalar.round(sum) }
    }
  }
}
