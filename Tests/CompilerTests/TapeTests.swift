import Foundation
import RankineRuntime
import Testing

@testable import RankineCompiler
@testable import RankineGraph

/// Fusion, views, updates and binding, on small programs whose tape can be read.
struct TapeTests {
  private func tape(_ program: Program) throws -> [String] {
    try compile(program).tape.listing.split(separator: "\n").map(String.init)
  }

  @Test func aChainWithItsSumIsOneLoop() throws {
    let graph = Graph()
    let x = graph.input("x", [.batch, 3]), b = graph.input("b", [3])
    let y = silu(x + b)
    let lines = try tape(
      Program("chain", graph: graph, outputs: [("y", y), ("total", (y * y).sum())]))
    #expect(lines == ["0: b2[batch×3], b3[] = loop[batch×3] 1 ops x, b"])
  }

  @Test func aValueThatLeavesTheLoopAndComesBackIsNotFused() throws {
    let graph = Graph()
    let x = graph.input("x", [.batch])
    let centered = exp(x) - exp(x).mean()
    let lines = try tape(Program("center", graph: graph, outputs: [("y", centered)]))
    #expect(lines.count == 3)
  }

  @Test func rearrangedOperandsOfAProductAreReadInPlace() throws {
    let graph = Graph()
    let a = graph.input("a", [4, .batch]), b = graph.input("b", [3, 4])
    let y = matmul(a.transposed([1, 0]), b.transposed([1, 0]))
    let lines = try tape(Program("product", graph: graph, outputs: [("y", y)]))
    #expect(lines == ["0: b2[batch×3] = matmulNN[batch×3×4] a, b"])
  }

  @Test func aLayerAndItsGradientEndTheirProducts() throws {
    let graph = Graph()
    let x = graph.input("x", [.batch, 300]), w = graph.input("w", [8, 300])
    let bias = graph.input("bias", [8]), v = graph.input("v", [6, 8])
    let hidden = silu(matmul(x, w, transposeB: true) + bias)
    let total = tanh(matmul(hidden, v, transposeB: true)).sum()
    let gradients = total.gradients(of: [w, bias, v])
    let lines = try tape(
      Program("layers", graph: graph, outputs: zip(["w", "bias", "v"], gradients).map { ($0, $1) }))
    let products = lines.map { line in line.split(separator: "= ")[1].prefix { $0 != "]" } }
    #expect(
      products == [
        "matmulNT[batch×8×300", "matmulNT[batch×6×8", "matmulTN[6×8×batch", "matmulNN[batch×8×6",
        "matmulTN[8×300×batch",
      ])
    #expect(lines.filter { $0.contains(" ops ") }.count == 3)
  }

  /// Loss and gradient of a layer over rows picked from a sample so wide that the rows are not copied,
  /// against the same for rows that were picked before.
  @Test(arguments: [1, 2])
  func manyRowsGatheredForProductsAreReadWhereTheyLie(_ threads: Int) throws {
    let width = 9000, count = 80
    let graph = Graph()
    let sample = graph.input("sample", [.sample, .fixed(width)])
    let w = graph.input("w", [24, .fixed(width)])
    let picked = sample.gathered(by: graph.indices("rows", [.batch]))
    let total = tanh(matmul(picked, w, transposeB: true)).sum()
    let compiled = try compile(
      Program(
        "layer", graph: graph,
        outputs: [("total", total), ("slope", total.gradients(of: [w])[0])]))
    let x = (0..<120 * width).map { Float(($0 * 7919) % 1000) / 1000 - 0.5 }
    let rows = (0..<count).map { Int32(($0 * 37 + 5) % 120) }
    let weights = (0..<24 * width).map { Float(($0 * 104_729) % 997) / 9970 - 0.05 }
    func run(_ sample: [Float], _ rows: [Int32]) throws -> (Executable<Float>, [[Float]]) {
      let storage = Storage<Float>()
      storage.set("sample", sample, extents: [sample.count / width, width])
      storage.set("w", weights, extents: [24, width])
      storage.setIndices("rows", rows)
      let executable = try compiled.bind(
        ["sample": sample.count / width, "batch": rows.count], storage: storage,
        pool: ThreadPool(threads: threads))
      executable.run()
      return (executable, [executable.output("total"), executable.output("slope")])
    }
    let (whole, found) = try run(x, rows)
    #expect(whole.workspaceByteCount < count * width * 4)
    // One row at a time is small enough to be copied; their sums are those of all.
    var total64 = 0.0, slope = Array(repeating: 0.0, count: 24 * width)
    for row in rows {
      let (_, part) = try run(x, [row])
      total64 += Double(part[0][0])
      for i in slope.indices { slope[i] += Double(part[1][i]) }
    }
    #expect(abs(Double(found[0][0]) - total64) < 1e-3 * Double(count))
    #expect(zip(found[1], slope).allSatisfy { abs(Double($0) - $1) < 1e-3 })
    #expect(slope.contains { abs($0) > 0.1 })
  }

  @Test func aProductThatIsReadTwiceOrAskedForIsStored() throws {
    let graph = Graph()
    let a = graph.input("a", [.batch, 4]), b = graph.input("b", [4, 5])
    let product = matmul(a, b)
    let asked = try tape(
      Program("asked", graph: graph, outputs: [("y", product), ("z", exp(product))]))
    #expect(asked.count == 2)
    let other = matmul(product, graph.input("c", [5, 3]))
    let twice = try tape(
      Program("twice", graph: graph, outputs: [("z", exp(product)), ("s", other)]))
    let stored = try #require(twice.first { $0.contains("matmul") })
    #expect(stored.hasSuffix("matmulNN[batch×5×4] a, b") && twice.count == 3)
  }

  @Test func aNewValueIsWrittenWhereTheOldOneWasReadLast() throws {
    let graph = Graph()
    let w = graph.input("w", [5]), g = graph.input("g", [5])
    let lines = try tape(
      Program("step", graph: graph, updates: [(w, w - 0.1 * g)]))
    #expect(lines.count == 1)
    #expect(lines[0].hasPrefix("0: w = loop[5]"))
  }

  @Test func updatesReadTheValuesFromBeforeTheRun() throws {
    let graph = Graph()
    let a = graph.input("a", [2]), b = graph.input("b", [2])
    let compiled = try compile(
      Program("swap", graph: graph, updates: [(a, b), (b, a), (graph.input("c", [2]), a + b)]))
    let storage = Storage<Double>()
    storage.set("a", [1, 2], extents: [2])
    storage.set("b", [3, 5], extents: [2])
    storage.declare("c", extents: [2])
    let executable = try compiled.bind([:], storage: storage, pool: ThreadPool(threads: 1))
    executable.run()
    #expect(storage.values("a") == [3, 5])
    #expect(storage.values("b") == [1, 2])
    #expect(storage.values("c") == [4, 7])
  }

  @Test func oneTapeServesEverySize() throws {
    let graph = Graph()
    let x = graph.input("x", [.sample])
    let rows = graph.indices("rows", [.batch])
    let total = x.gathered(by: rows).sum() / graph.extent(.batch)
    let compiled = try compile(Program("mean", graph: graph, outputs: [("mean", total)]))
    let storage = Storage<Double>()
    storage.set("x", (0..<10).map { Double($0) }, extents: [10])
    for list in [[0, 1, 2, 9], [7], Array(0..<10)] {
      storage.setIndices("rows", list.map { Int32($0) })
      let executable = try compiled.bind(
        ["sample": 10, "batch": list.count], storage: storage, pool: ThreadPool(threads: 1))
      executable.run()
      #expect(executable.output("mean") == [Double(list.reduce(0, +)) / Double(list.count)])
    }
  }

  @Test func whatIsMissingWhenBoundIsNamed() throws {
    let graph = Graph()
    let x = graph.input("x", [.sample])
    let compiled = try compile(Program("sum", graph: graph, outputs: [("y", x.sum())]))
    let storage = Storage<Float>(), pool = ThreadPool(threads: 1)
    func message(_ extents: [String: Int]) -> String {
      do {
        _ = try compiled.bind(extents, storage: storage, pool: pool)
        return "bound"
      } catch {
        return "\(error)"
      }
    }
    #expect(message([:]).hasPrefix("error[unbound-dimension] in sum: dimension \"sample\""))
    #expect(message(["sample": 3]) == "error[unbound-input] in sum: \"x\" has no value")
    storage.set("x", [1, 2], extents: [2])
    #expect(
      message(["sample": 3]) == "error[shape-mismatch] in sum: \"x\" is [2], expected [3]")
    #expect(message(["sample": 2]) == "bound")
  }

  @Test(arguments: [2, 3, 7])
  func theNumberOfThreadsDoesNotChangeABit(_ threads: Int) throws {
    let graph = Graph()
    let a = graph.input("a", [300, 400]), b = graph.input("b", [200, 400])
    let picked = a.gathered(by: graph.indices("rows", [.batch]))
    let y = tanh(matmul(picked, b, transposeB: true))
    let f = y.sum(over: [1]), g = y.sum(over: [0])
    let body = Graph()
    let r = body.input("r", .scalar), c = body.input("c", .scalar)
    let pairs = pairReduce(
      of: sigmoid(r - c) * greater(r, c), .all, rows: [r], columns: [c], scalars: [],
      over: PairOperands(rows: [f], columns: [g], scalars: []))
    let slopes = pairs.gradients(of: [a, b])
    let compiled = try compile(
      Program(
        "threads", graph: graph,
        outputs: [("y", pairs), ("a", slopes[0]), ("b", slopes[1]), ("picked", picked)]))
    let storage = Storage<Float>()
    storage.set("a", (0..<120_000).map { sinf(Float($0)) / 20 }, extents: [300, 400])
    storage.set("b", (0..<80_000).map { cosf(Float($0)) / 20 }, extents: [200, 400])
    storage.setIndices("rows", (0..<300).map { Int32($0 * 7 % 300) })
    func run(_ threads: Int) throws -> [[Float]] {
      let executable = try compiled.bind(
        ["batch": 300], storage: storage, pool: ThreadPool(threads: threads))
      executable.run()
      return ["y", "a", "b", "picked"].map { executable.output($0) }
    }
    let results = try run(threads)
    #expect(try results == run(1))
    let rows: [Float] = storage.values("a")
    for row in 0..<300 {
      let from = row * 7 % 300 * 400
      #expect(results[3][(row * 400)..<(row * 400 + 400)] == rows[from..<(from + 400)])
    }
  }
}
