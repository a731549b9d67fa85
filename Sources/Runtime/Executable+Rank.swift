extension Executable {
  func run(_ bound: UnsafeMutablePointer<BoundRankSums>) {
    let sums = bound.pointee
    sums.prepare()
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
