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

  @Test func aProductThatIsReadTwiceOrAskedForIsStored() throws {
    let graph = Graph()
    let a = graph.input("a", [.batch, 4]), b = graph.input("b", [4, 5])
    let product = matmul(a, b)
    let asked = try tape(
      Program("asked", graph: graph, outputs: [("y", product), ("z", exp(product))]))
    #expect(asked.count == 2)
    let twice = try tape(
      Program("twice", graph: graph, outputs: [("z", exp(product)), ("s", product.sum(over: [0]))]))
    #expect(twice.allSatisfy { !$0.contains(", 1 ops") } || twice.count == 1)
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
