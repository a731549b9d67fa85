import CRankineKernels
import RankineRuntime
import RankineSupport
import RankineTestSupport
import Testing

@testable import RankineCompiler
@testable import RankineGraph

/// Steps of a loop that become one, with what is between them in registers.
struct ChainTests {
  private func tape(_ outputs: [(name: String, value: Tensor)]) throws -> Tape {
    try compile(Program("chain", graph: outputs[0].value.graph, outputs: outputs)).tape
  }

  private func operations(_ outputs: [(name: String, value: Tensor)]) throws -> [[UInt16]] {
    try tape(outputs).instructions.compactMap { instruction in
      guard case .loop(let loop) = instruction else { return nil }
      return loop.code.map(\.op).filter { $0 != UInt16(RK_MORE.rawValue) }
    }
  }

  private func codes(_ operations: rk_opcode...) -> [UInt16] {
    operations.map { UInt16($0.rawValue) }
  }

  /// Adam's means and its move, with the slope of a penalty if there are column weights.
  private func adam(
    _ graph: Graph, penalty: Tensor? = nil
  ) -> [(name: String, value: Tensor)] {
    let shape: Shape = [.batch, 5]
    let w = graph.input("w", shape), m = graph.input("m", shape), v = graph.input("v", shape)
    let first = graph.input("first", .scalar), second = graph.input("second", .scalar)
    var g: Tensor = graph.input("g", shape)
    if let penalty { g = g + w * penalty.broadcast(to: shape) }
    let mean: Tensor = 0.9 * m + 0.1 * g
    let power: Tensor = 0.999 * v + 0.001 * (g * g)
    let size: Tensor = graph.input("rate", .scalar) / (sqrt(power * second) + 1e-8)
    return [("m", mean), ("v", power), ("w", w - size * (mean * first))]
  }

  @Test func anAdamStepIsOneInstruction() throws {
    let graph = Graph()
    #expect(try operations(adam(graph)) == [codes(RK_ADAM)])
  }

  @Test func theSlopeOfAPenaltyIsPartOfTheStep() throws {
    let graph = Graph()
    let columns = graph.input("columns", [5])
    #expect(try operations(adam(graph, penalty: columns)) == [codes(RK_ADAM_PENALIZED)])
  }

  @Test func aLayerAndItsDerivativeAreOneInstructionWithTwoResults() throws {
    let graph = Graph()
    let x = graph.input("x", [.batch, 5]), bias = graph.input("bias", [5])
    let sum: Tensor = x + bias.broadcast(to: x.shape)
    let y = silu(sum)
    let slope = graph.input("slope", [.batch, 5])
    let gradient = (y * slope).sum().gradients(of: [x])[0]
    #expect(try operations([("y", y)]) == [codes(RK_SILU)])
    let both = try operations([("y", y), ("gradient", gradient)])
    #expect(both == [codes(RK_SILU_SLOPE, RK_MULTIPLY)])
  }

  @Test func whatIsBetweenAndReadElsewhereKeepsItsInstruction() throws {
    let graph = Graph()
    let x = graph.input("x", [.batch]), bias = graph.input("bias", [.batch])
    let sum: Tensor = x + bias
    #expect(
      try operations([("sum", sum), ("y", silu(sum))]) == [
        codes(RK_ADD, RK_SIGMOID, RK_MULTIPLY)
      ])
  }

  @Test func aRateForEachElementIsNoAdamStep() throws {
    let graph = Graph()
    let w = graph.input("w", [.batch]), g = graph.input("g", [.batch])
    let m = graph.input("m", [.batch]), v = graph.input("v", [.batch])
    let rate = graph.input("rate", [.batch]), one = graph.input("one", .scalar)
    let mean: Tensor = 0.9 * m + 0.1 * g
    let power: Tensor = 0.999 * v + 0.001 * (g * g)
    let size: Tensor = rate / (sqrt(power * one) + 1e-8)
    let found = try operations([("m", mean), ("v", power), ("w", w - size * (mean * one))])
    #expect(!found.joined().contains(UInt16(RK_ADAM.rawValue)))
  }

  /// A value that is computed from a result of the chain before the chain's last step.
  @Test func stepsThatReadAResultComeAfterTheChain() throws {
    let graph = Graph()
    var outputs = adam(graph)
    outputs.append(("shifted", outputs[0].value + 1))
    try expectAgreement(outputs, rows: 7)
  }

  @Test(arguments: [1, 3, 4, 16, 33, 700])
  func chainsAgreeWithTheInterpreter(_ rows: Int) throws {
    let graph = Graph()
    try expectAgreement(adam(graph), rows: rows)
    try expectAgreement(adam(graph, penalty: graph.input("columns", [5])), rows: rows)
    // Operands that vary along one axis alone.
    try expectAgreement(adam(graph, penalty: graph.input("column", [1])), rows: rows)
    let x = graph.input("x", [.batch, 5]), bias = graph.input("bias", [5])
    let sum: Tensor = x + bias.broadcast(to: x.shape)
    let y = silu(sum)
    try expectAgreement(
      [("y", y), ("gradient", (y * x).sum().gradients(of: [x])[0])], rows: rows)
  }

  /// A slope whose square overflows has an infinite mean square, and moves nothing; tiny and missing
  /// slopes leave the step finite.
  @Test func aSlopeThatOverflowsDoesNotMoveItsWeight() throws {
    let graph = Graph()
    let compiled = try compile(Program("adam", graph: graph, outputs: adam(graph)))
    let storage = Storage<Float>()
    let slopes: [Float] = [1e25, -3e37, 0, 1e-30, 1]
    for (name, values) in [
      ("w", [1, 2, 3, 4, 5]), ("m", [0, 0, 0, 0, 0]), ("v", [0, 0, 0, 0, 0]), ("g", slopes),
    ] {
      storage.set(name, values, extents: [1, 5])
    }
    for (name, value) in [("first", 10), ("second", 1000), ("rate", 0.5)] as [(String, Float)] {
      storage.set(name, value)
    }
    let before = rk_current_level()
    defer { rk_set_level(before) }
    for level in RK_BASELINE.rawValue...rk_best_level().rawValue {
      rk_set_level(rk_level(level))
      let executable = try compiled.bind(
        ["batch": 1], storage: storage, pool: ThreadPool(threads: 1))
      executable.run()
      let w = executable.output("w")
      #expect(w[0...3] == [1, 2, 3, 4])
      #expect(abs(w[4] - 4.5) < 1e-6)
    }
  }

  /// Elements that are the same for every operand, as a scalar parameter's are.
  @Test func aChainOfNumbersAgreesWithTheInterpreter() throws {
    let graph = Graph()
    let x = graph.input("x", .scalar)
    try expectAgreement([("y", silu(x + graph.input("bias", .scalar)))], rows: 1)
  }

  private func expectAgreement(
    _ outputs: [(name: String, value: Tensor)], rows: Int
  ) throws {
    let graph = outputs[0].value.graph
    var random = CounterRandom(seed: UInt64(rows), named: "chains")
    var bindings = Bindings(extents: ["batch": rows])
    for node in graph.nodes {
      guard case .leaf(let leaf) = node.attribute else { continue }
      let extents = node.shape.dimensions.map { $0.count ?? rows }
      bindings.leaves[leaf.name] = NumericArray(
        extents, (0..<extents.reduce(1, *)).map { _ in random.uniform() })
    }
    try expectAgreement(outputs, bindings, as: Float.self, tolerance: 1e-6)
    try expectAgreement(outputs, bindings, as: Double.self, tolerance: 1e-12)
  }

  private func expectAgreement<Scalar: KernelScalar>(
    _ outputs: [(name: String, value: Tensor)], _ bindings: Bindings, as type: Scalar.Type,
    tolerance: Double
  ) throws {
    let graph = outputs[0].value.graph
    let expected = try Interpreter(bindings).evaluate(outputs.map(\.value))
    let compiled = try compile(Program("chain", graph: graph, outputs: outputs))
    let before = rk_current_level()
    defer { rk_set_level(before) }
    for level in 0...rk_best_level().rawValue {
      rk_set_level(rk_level(level))
      let storage = Storage<Scalar>()
      storage.fill(bindings, of: graph)
      let executable = try compiled.bind(
        bindings.extents, storage: storage, pool: ThreadPool(threads: 1))
      executable.run()
      for (output, wanted) in zip(outputs, expected) {
        let got = executable.output(output.name).map { Double($0) }
        #expect(
          zip(got, wanted.values).allSatisfy { isClose($0, $1, within: tolerance) },
          "\(output.name) at level \(level)")
      }
    }
  }
}
