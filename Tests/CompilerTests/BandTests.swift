import Foundation
import RankineRuntime
import RankineSupport
import Testing

@testable import RankineCompiler
@testable import RankineGraph

/// The rank criterion over all pairs of many rows, most of them saturated, through the tape.
struct BandTests {
  /// Drawn scores, and keys that agree with them in part; every ninth is missing.
  private struct Side {
    var scores: [Float]
    var keys: [Float]

    init(_ count: Int, spread: Double, named name: String) {
      var random = CounterRandom(seed: 3, named: name)
      let drawn = (0..<count).map { _ in random.normal() }
      scores = drawn.map { Float($0 * spread) }
      // Whole numbers, so that many pairs are tied.
      keys = drawn.enumerated().map { i, score in
        i % 9 == 8 ? .nan : Float((score + random.normal()).rounded())
      }
    }

    subscript(_ range: Range<Int>) -> Side {
      var part = self
      (part.scores, part.keys) = (Array(scores[range]), Array(keys[range]))
      return part
    }
  }

  private struct Sums: Equatable {
    var value: [Float]
    var rowSlope: [Float]
    var columnSlope: [Float]
    var forms: [PairForm]
  }

  private func program() throws -> CompiledProgram {
    let graph = Graph(), pair = Graph()
    let names = ["score", "high", "low"]
    let rows = names.map { graph.input("row." + $0, [.batch]) }
    let columns = names.map { graph.input("column." + $0, [.sample]) }
    let r = names.map { pair.input("row." + $0, .scalar) }
    let c = names.map { pair.input("column." + $0, .scalar) }
    let inOrder: Tensor = greater(r[1], c[2]) * sigmoid(r[0] - c[0])
    let reversed: Tensor = greater(c[1], r[2]) * sigmoid(c[0] - r[0])
    let value = pairReduce(
      of: inOrder + reversed, .all, rows: r, columns: c, scalars: [],
      over: PairOperands(rows: rows, columns: columns, scalars: []))
    let slopes = value.gradients(of: [rows[0], columns[0]])
    let outputs = [("value", value), ("row", slopes[0]), ("column", slopes[1])]
    return try compile(Program("band", graph: graph, outputs: outputs))
  }

  private func bound(_ rows: Side, _ columns: Side, threads: Int) throws -> Executable<Float> {
    let storage = Storage<Float>()
    for (name, side) in [("row", rows), ("column", columns)] {
      let extents = [side.scores.count]
      storage.set("\(name).score", side.scores, extents: extents)
      storage.set("\(name).high", side.keys, extents: extents)
      storage.set("\(name).low", side.keys, extents: extents)
    }
    return try program().bind(
      ["batch": rows.scores.count, "sample": columns.scores.count], storage: storage,
      pool: ThreadPool(threads: threads))
  }

  private func sums(_ rows: Side, _ columns: Side, threads: Int = 1) throws -> Sums {
    let executable = try bound(rows, columns, threads: threads)
    executable.run()
    return Sums(
      value: executable.output("value"), rowSlope: executable.output("row"),
      columnSlope: executable.output("column"), forms: executable.pairForms)
  }

  /// Parts of the columns are too few for the band, so each is swept whole.
  @Test func theBandIsThePlainSweepForAnyNumberOfThreads() throws {
    let rows = Side(7000, spread: 200, named: "rows")
    let columns = Side(6900, spread: 200, named: "columns")
    let band = try sums(rows, columns)
    #expect(band.forms == [.band])
    for threads in [2, 3] { #expect(try sums(rows, columns, threads: threads) == band) }

    var value = 0.0
    var rowSlope = Array(repeating: 0.0, count: 7000)
    var columnSlope: [Float] = []
    for first in stride(from: 0, to: 6900, by: 2300) {
      let part = try sums(rows, columns[first..<first + 2300])
      #expect(part.forms == [.factored])
      value += Double(part.value[0])
      for (row, slope) in part.rowSlope.enumerated() { rowSlope[row] += Double(slope) }
      columnSlope += part.columnSlope
    }
    #expect(abs(Double(band.value[0]) / value - 1) < 1e-6)
    // Slopes are sums of some 300 terms of up to 1/4 with either sign.
    #expect(zip(band.rowSlope, rowSlope).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    #expect(zip(band.columnSlope, columnSlope).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(rowSlope.contains { abs($0) > 1 })
  }

  @Test func memoryGrowsWithRowsAndColumnsAlone() throws {
    func byteCount(_ count: Int) throws -> Int {
      let side = Side(count, spread: 100, named: "memory")
      let executable = try bound(side, side, threads: 1)
      return executable.workspaceByteCount + executable.scratchByteCount
    }
    for count in [20_000, 60_000, 120_000] {
      #expect(try byteCount(count) < 120 * (count + count))
    }
  }
}
