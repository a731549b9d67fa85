import RankineSupport

/// The batches of an epoch.
///
/// Where all tasks share their rows: a seeded permutation of the rows, cut into pieces. Where sets of
/// tasks have rows of their own, every batch has as many rows of each set, one set behind the other:
/// the largest set is gone through once, and a smaller one anew, in another order, whenever it ends.
struct EpochOrder {
  private let rows: [Int32]
  private let batchSize: Int
  private let dropsLast: Bool

  /// - Parameters:
  ///   - blocks: the rows of each set of tasks.
  ///   - batchSize: rows in a batch, of all sets together.
  ///   - epoch: counted from 0; each has a stream of random numbers of its own.
  init(blocks: [[Int]], batchSize: Int, dropsLast: Bool, epoch: Int, seed: UInt64) {
    self.batchSize = batchSize
    self.dropsLast = dropsLast
    guard blocks.count > 1 else {
      var random = CounterRandom(seed: seed, named: "epoch \(epoch)")
      let block = blocks.first ?? []
      rows = random.permutation(block.count).map { Int32(block[$0]) }
      return
    }
    let perBlock = batchSize / blocks.count
    let longest = blocks.map(\.count).max() ?? 0
    let stepCount = (longest + perBlock - 1) / perBlock
    let orders = blocks.enumerated().map { number, block in
      Self.cycled(
        block, count: stepCount * perBlock,
        random: CounterRandom(seed: seed, named: "epoch \(epoch) of rows \(number)"))
    }
    rows = (0..<stepCount).flatMap { step in
      orders.flatMap { $0[(step * perBlock)..<((step + 1) * perBlock)] }
    }
  }

  /// So many rows of a set, all of it before any again.
  private static func cycled(_ block: [Int], count: Int, random: CounterRandom) -> [Int32] {
    var random = random
    var rows: [Int32] = []
    while rows.count < count {
      rows += random.permutation(block.count).map { Int32(block[$0]) }
    }
    return Array(rows[..<count])
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
