import RankineGraph
import RankineTestSupport
import Testing

/// The generator itself: what is tried on it is worth no more than what it grows.
struct RandomGraphTests {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func aGrownGraphIsWellFormedAndFinite(_ seed: UInt64) throws {
    let grown = RandomGraph(seed: seed)
    try Verifier.verify(grown.graph, after: "growing")
    for (name, values) in zip(
      grown.outputs.map(\.name),
      try Interpreter(grown.bindings()).evaluate(grown.outputs.map(\.value)))
    {
      #expect(values.values.allSatisfy { abs($0) < 1e6 }, "\(name)")
    }
  }

  @Test func everyOperationReachesAnOutput() {
    let reached = (0..<20 as Range<UInt64>).map { RandomGraph(seed: $0, steps: 40).operations }
    #expect(Set(Op.allCases).subtracting(reached.joined()).isEmpty)
  }

  @Test(arguments: [(0, 0), (0, 1), (1, 1), (1, 4), (3, 2)])
  func aGraphRunsAtAnySizeOfBatchAndSample(_ batch: Int, _ sample: Int) throws {
    for seed: UInt64 in 0..<20 {
      let grown = RandomGraph(seed: seed)
      let results = try Interpreter(grown.bindings(batch: batch, sample: sample)).evaluate(
        grown.outputs.map(\.value))
      #expect(results.allSatisfy { $0.values.allSatisfy(\.isFinite) }, "seed \(seed)")
    }
  }

  @Test func equalSeedsGrowEqualGraphsAndData() throws {
    let first = RandomGraph(seed: 3), second = RandomGraph(seed: 3), other = RandomGraph(seed: 4)
    func text(_ grown: RandomGraph) -> String { Printer(grown.outputs, of: grown.graph).text }
    #expect(text(first) == text(second))
    #expect(text(first) != text(other))
    let results = try [first, second].map {
      try Interpreter($0.bindings()).evaluate($0.outputs.map(\.value))
    }
    #expect(results[0] == results[1])
  }
}
