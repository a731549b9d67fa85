import RankineSupport
import Testing

@testable import RankineRuntime

/// How products and loops are cut into chunks, and when a pool keeps its jobs to itself.
@Suite struct SharingTests {
  @Test func partsCoverEveryElementOnce() {
    var random = CounterRandom(seed: 5)
    func below(_ bound: Int) -> Int { Int(random.uniform() * Double(bound)) }
    for _ in 0..<200 {
      let (m, n, leads) = (1 + below(300), 1 + below(300), 1 + below(4))
      let sumsLead = below(2) == 0
      let parts = ProductParts(
        m: m, n: n, k: 100 + below(5000), leadCount: leads, sumsLead: sumsLead,
        packsColumns: below(2) == 0, sumsRows: below(2) == 0, threads: 1 + below(4))
      var count = Array(repeating: 0, count: (sumsLead ? 1 : leads) * m * n)
      for chunk in 0..<parts.chunkCount {
        let (lead, rows, columns) = parts.range(chunk)
        #expect(rows.count <= parts.longestRows && columns.count <= parts.longestColumns)
        for row in rows {
          for column in columns { count[(lead * m + row) * n + column] += 1 }
        }
      }
      #expect(count.allSatisfy { $0 == 1 })
    }
  }

  @Test func aSmallProductIsNotShared() {
    func parts(_ m: Int, _ n: Int, _ k: Int, leads: Int = 1, threads: Int = 2) -> ProductParts {
      ProductParts(
        m: m, n: n, k: k, leadCount: leads, sumsLead: false, packsColumns: true, sumsRows: false,
        threads: threads)
    }
    #expect(!parts(64, 32, 64, leads: 2).isShared)
    #expect(!parts(64, 64, 500).isShared)
    #expect(parts(64, 64, 1000).isShared)
    #expect(!parts(64, 64, 1000, threads: 1).isShared)
    // Two leading indices are chunks enough for two threads.
    #expect(parts(128, 64, 128, leads: 2).chunkCount == 2)
  }

  @Test func wideProductsAreCutByColumnsUnlessThoseWouldBePackedAnew() {
    func parts(packsColumns: Bool, sumsRows: Bool = false) -> ProductParts {
      ProductParts(
        m: 64, n: 2000, k: 128, leadCount: 1, sumsLead: false, packsColumns: packsColumns,
        sumsRows: sumsRows, threads: 2)
    }
    #expect(parts(packsColumns: false).range(0).rows == 0..<64)
    #expect(parts(packsColumns: false).range(1).columns.lowerBound % 32 == 0)
    #expect(parts(packsColumns: true).range(0).rows == 0..<28)
    #expect(parts(packsColumns: true, sumsRows: true).range(0).rows == 0..<64)
  }

  @Test func aLoopIsCutAlongTheOutermostLongAxis() {
    let dense = LoopGeometry(extents: [64, 500], strides: [[500, 1], [0, 1]])
    #expect(dense.chunkAxis(combinedStreams: []) == 0)
    #expect(dense.chunk(of: 0, wanted: 5) == 13)
    // Sums over rows leave the columns, of which a chunk takes whole cache lines.
    #expect(dense.chunkAxis(combinedStreams: [1]) == 1)
    #expect(dense.chunk(of: 1, wanted: 5) == 128)
    let few = LoopGeometry(extents: [2, 500], strides: [[500, 1], [0, 1]])
    #expect(few.chunkAxis(combinedStreams: []) == 1)
  }

  @Test func jobsAreKeptFromWorkersThatHoldUpTheirCaller() {
    let crew = Crew()
    func jobsUntilShared() -> Int { (0...).first { _ in crew.isHelpful() } ?? 0 }
    #expect(jobsUntilShared() == 0)
    crew.judge(worked: .microseconds(10), waited: .microseconds(25))
    #expect(jobsUntilShared() == 0)
    crew.judge(worked: .microseconds(10), waited: .microseconds(3000))
    #expect(jobsUntilShared() == 2)
    crew.judge(worked: .microseconds(10), waited: .microseconds(3000))
    #expect(jobsUntilShared() == 4)
    // A good job makes up for a little of it.
    crew.judge(worked: .microseconds(10), waited: .zero)
    crew.judge(worked: .microseconds(10), waited: .microseconds(3000))
    #expect(jobsUntilShared() == 6)
    for _ in 0..<10 { crew.judge(worked: .microseconds(10), waited: .microseconds(3000)) }
    #expect(jobsUntilShared() == 256)
  }
}
