import RankineRuntime
import Synchronization
import Testing

@testable import RankineCompiler
@testable import RankineGraph

/// Numbers below the normal ones count as 0 in a run of a tape, on whatever thread, and nowhere else.
@Suite struct SubnormalTests {
  /// Two subnormal numbers of about 1e-40, and two that are normal.
  private let tiny = [Float(bitPattern: 71_362), -Float(bitPattern: 71_362), 3, 1e-30]

  @Test(arguments: [1, 2])
  func theyCountAsZeroInARun(threads: Int) throws {
    let graph = Graph()
    let x = graph.input("x", [.batch])
    let compiled = try compile(
      Program("scale", graph: graph, outputs: [("y", x * 1e6), ("squares", x * x)]))
    let count = 1 << 16
    let storage = Storage<Float>()
    storage.set("x", (0..<count).map { tiny[$0 % 4] }, extents: [count])
    let executable = try compiled.bind(
      ["batch": count], storage: storage, pool: ThreadPool(threads: threads))
    executable.run()
    let y = executable.output("y"), squares = executable.output("squares")
    let (expected, expectedSquares) = ([0, 0, 3e6, 1e-24], [0, 0, 9, 0]) as ([Float], [Float])
    #expect(y.indices.allSatisfy { y[$0] == expected[$0 % 4] })
    #expect(squares.indices.allSatisfy { squares[$0] == expectedSquares[$0 % 4] })
    // The caller computes with them as before.
    #expect(tiny[0] * (threads == 1 ? 0.5 : 0.25) > 0)
  }

  @Test func aWorkerOutsideOfARunComputesWithThem() {
    let pool = ThreadPool(threads: 2)
    let kept = Atomic(0)
    pool.forEach(chunks: 64) { chunk in
      let half = Float(bitPattern: UInt32(chunk + 2)) * 0.5
      kept.add(half > 0 ? 1 : 0, ordering: .relaxed)
    }
    #expect(kept.load(ordering: .relaxed) == 64)
  }
}
