import RankineSupport

/// The batches of an epoch: a seeded permutation of the rows, cut into pieces.
struct EpochOrder {
  private let rows: [Int32]
  private let batchSize: Int
  private let dropsLast: Bool

  /// - Parameter epoch: counted from 0; each has a stream of random numbers of its own.
  init(rowCount: Int, batchSize: Int, dropsLast: Bool, epoch: Int, seed: UInt64) {
    var random = CounterRandom(seed: seed, named: "epoch \(epoch)")
    rows = random.permutation(rowCount).map { Int32($0) }
    self.batchSize = batchSize
    self.dropsLast = dropsLast
  }

  /// Visits the batches in their order.
  func forEachBatch<Failure>(
    _ body: (UnsafeBufferPointer<Int32>) throws(Failure) -> Void
  ) throws(Failure) {
    var start = 0
    while start < rows.count {
      let end = min(start + batchSize, rows.count)
      if dropsLast, end - start < batchSize { return }
      try rows[start..<end].withUnsafeBufferPointer(body)
      start = end
    }
  }
}
