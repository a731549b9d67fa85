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
