import RankineRuntime
import Synchronization
import Testing

@Suite struct ThreadPoolTests {
  @Test(arguments: [-1, 1, 2, 5], [-2, 0, 1, 2, 3, 64])
  func eachChunkRunsOnce(threads: Int, chunks: Int) {
    let pool = ThreadPool(threads: threads)
    let runs = Mutex([Int](repeating: 0, count: max(0, chunks)))
    pool.forEach(chunks: chunks) { chunk in runs.withLock { $0[chunk] += 1 } }
    #expect(runs.withLock { $0 } == [Int](repeating: 1, count: max(0, chunks)))
    #expect(pool.threads == max(1, threads))
  }

  @Test func manyShortJobsEndWithAllTheirChunks() {
    let pool = ThreadPool(threads: 3)
    let total = Atomic(0)
    for job in 0..<3000 {
      pool.forEach(chunks: 1 + job % 7) { total.add($0 + 1, ordering: .relaxed) }
      // What a job did is seen once it has returned.
      if job == 6 { #expect(total.load(ordering: .relaxed) == 1 + 3 + 6 + 10 + 15 + 21 + 28) }
    }
    let expected = (0..<3000).reduce(0) { sum, job in sum + (1 + job % 7) * (2 + job % 7) / 2 }
    #expect(total.load(ordering: .relaxed) == expected)
  }

  @Test func aJobInsideAChunkRunsInline() {
    let pool = ThreadPool(threads: 2)
    let inner = Atomic(0)
    pool.forEach(chunks: 4) { _ in
      var order: [Int] = []
      pool.forEach(chunks: 3) { order.append($0) }
      inner.add(order == [0, 1, 2] ? 1 : 0, ordering: .relaxed)
    }
    #expect(inner.load(ordering: .relaxed) == 4)
  }

  @Test func theContextReachesEveryChunk() {
    let pool = ThreadPool(threads: 2)
    let results = UnsafeMutablePointer<Int>.allocate(capacity: 50)
    defer { results.deallocate() }
    pool.forEach(chunks: 50, context: UnsafeRawPointer(results)) { context, chunk in
      UnsafeMutablePointer(mutating: context.assumingMemoryBound(to: Int.self))[chunk] =
        chunk * chunk
    }
    #expect((0..<50).allSatisfy { results[$0] == $0 * $0 })
  }

  @Test func aPoolThatNeverWorkedEndsItsWorkers() {
    weak var gone: ThreadPool?
    do {
      let pool = ThreadPool(threads: 4)
      gone = pool
      #expect(gone != nil)
    }
    #expect(gone == nil)
  }
}
