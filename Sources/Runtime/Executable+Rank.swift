extension Executable {
  func run(_ bound: UnsafeMutablePointer<BoundRankSums>) {
    let sums = bound.pointee
    if sums.isOrderLarge {
      pool.forEach(chunks: sums.chunks.leadCount, context: bound) { context, lead in
        context.load(as: BoundRankSums.self).prepare(lead)
      }
    } else {
      for lead in 0..<sums.chunks.leadCount { sums.prepare(lead) }
    }
    if sums.chunks.isLarge {
      pool.forEach(chunks: sums.chunks.count, context: bound) { context, chunk in
        context.load(as: BoundRankSums.self).run(chunk)
      }
    } else {
      for chunk in 0..<sums.chunks.count { sums.run(chunk) }
    }
    sums.combine(Scalar.self)
  }
}
