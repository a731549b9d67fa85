import RankineRuntime
import Testing

@testable import RankineCompiler
@testable import RankineGraph

/// What becomes of sums over pairs.
struct PairCompilationTests {
  /// Scores, high and low keys of rows and columns, and a sum over their pairs.
  private struct Pairs {
    let graph = Graph()
    let rows: [Tensor]
    let columns: [Tensor]

    init() {
      let graph = graph
      rows = ["f", "fHigh", "fLow"].map { graph.input($0, [2, .batch]) }
      columns = ["g", "gHigh", "gLow"].map { graph.input($0, [2, .sample]) }
    }

    func sum(_ body: (_ row: [Tensor], _ column: [Tensor]) -> Tensor) -> Tensor {
      let scalars = Graph()
      let r = (0..<3).map { scalars.input("r\($0)", .scalar) }
      let c = (0..<3).map { scalars.input("c\($0)", .scalar) }
      return pairReduce(
        of: body(r, c), .all, rows: r, columns: c, scalars: [],
        over: PairOperands(rows: rows, columns: columns, scalars: []))
    }

    var rank: Tensor {
      sum { r, c in
        greater(r[1], c[2]) * sigmoid(r[0] - c[0]) + greater(c[1], r[2]) * sigmoid(c[0] - r[0])
      }
    }
  }

  private func lines(_ outputs: [(name: String, value: Tensor)]) throws -> [String] {
    let compiled = try compile(Program("pairs", graph: outputs[0].value.graph, outputs: outputs))
    return compiled.tape.listing.split(separator: "\n").map(String.init)
  }

  @Test func theRankCriterionAndItsSlopesAreOneSweepOfItsKernel() throws {
    let pairs = Pairs()
    let total = pairs.rank.sum()
    let slopes = total.gradients(of: [pairs.rows[0], pairs.columns[0]])
    let sweeps = try lines([("value", total), ("row", slopes[0]), ("column", slopes[1])])
      .filter { $0.contains("×sample]") && !$0.contains("loop") }
    #expect(sweeps.count == 1)
    #expect(sweeps.first?.contains("rank[2×batch×sample]") == true)
  }

  @Test func aBodyOfOnesOwnIsOneSweepWithItsSlope() throws {
    let pairs = Pairs()
    let hinge = pairs.sum { r, c in greater(r[1], c[2]) * relu(1 - (r[0] - c[0])) }.sum()
    let slope = hinge.gradient(of: pairs.rows[0])
    let sweeps = try lines([("value", hinge), ("slope", slope)]).filter { $0.contains("pairs[") }
    #expect(sweeps.count == 1)
  }

  @Test func whatVariesAlongRowsOnlyLeavesTheSweep() throws {
    let pairs = Pairs()
    let total = pairs.sum { r, c in exp(r[0]) * exp(c[0]) * greater(r[1], c[1]) }
    let program = try Simplification().run(
      Program("test", graph: pairs.graph, outputs: [("y", total)]))
    let result = try PairInvariants().run(program)
    #expect(
      Printer(result.outputs, of: result.graph).text == """
        %0 = leaf(f) : [2, batch]
        %1 = leaf(fHigh) : [2, batch]
        %2 = leaf(g) : [2, sample]
        %3 = leaf(gHigh) : [2, sample]
        %4 = exp %0 : [2, batch]
        %5 = exp %2 : [2, sample]
        %6 = pair-reduce(all: multiply(multiply(row0, column0), greater(row1, column1))) \
        %4 %1 %5 %3 : [2]
        return y = %6
        """)
  }

  /// 41 values alive at once do not fit the kernel's slots; two shorter sums do.
  @Test func aBodyWithTooManyLiveValuesSaysSo() {
    let pairs = Pairs()
    let total = pairs.sum { r, c in
      let parts = (1...45).map { tanh(r[0] * Double($0) - c[0]) }
      let sum = parts.reduce(r[0]) { $0 + $1 }
      return parts.reversed().reduce(sum) { $0 * $1 }
    }
    #expect {
      try compile(Program("long", graph: pairs.graph, outputs: [("y", total)]))
    } throws: { error in
      "\(error)".contains("pair-body-too-long") && "\(error)".contains("holds more than 40 values")
    }
  }

  @Test func pairSumsNeverHoldAllPairs() throws {
    let pairs = Pairs()
    let hinge = pairs.sum { r, c in square(r[0] - c[0]) * greater(r[1], c[2]) }.sum()
    let slopes = hinge.gradients(of: [pairs.rows[0], pairs.columns[0]])
    let compiled = try compile(
      Program(
        "hinge", graph: pairs.graph, outputs: [("y", hinge), ("r", slopes[0]), ("c", slopes[1])]))
    let storage = Storage<Float>()
    let (batch, sample) = (2000, 3000)
    for name in ["f", "fHigh", "fLow"] { storage.declare(name, extents: [2, batch]) }
    for name in ["g", "gHigh", "gLow"] { storage.declare(name, extents: [2, sample]) }
    let executable = try compiled.bind(
      ["batch": batch, "sample": sample], storage: storage, pool: ThreadPool(threads: 1))
    #expect(executable.workspaceByteCount < 40 * 2 * (batch + sample))
    executable.run()
    #expect(executable.output("y") == [0])
  }
}
