import RankineRuntime
import RankineSupport
import RankineTestSupport
import Testing

@testable import RankineCompiler
@testable import RankineGraph

/// Programs that give leaves new values, run for several steps and held against a loop over the
/// interpreter: in-place writes, views of leaves, values that two leaves take, and leaves that
/// nobody reads.
struct UpdateTests {
  @Test(arguments: [0..<150, 150..<300] as [Range<UInt64>])
  func everyStepAgreesWithTheInterpreter(_ seeds: Range<UInt64>) throws {
    for seed in seeds { try RandomSteps(seed: 80_000 + seed).compare(steps: 3) }
  }

  /// The new value is also seen through another shape, and its leaf is not read before.
  @Test func aNewValueThatIsAlsoReadInAnotherShapeIsWrittenInPlace() throws {
    let graph = Graph()
    let x = graph.input("x", [4]), kept = graph.input("kept", [4])
    let twice = x * 2
    let square = twice.reshaped(to: [2, 2])
    let compiled = try compile(
      Program(
        "shapes", graph: graph, outputs: [("y", matmul(square, square))],
        updates: [(kept, twice)]))
    let storage = Storage<Double>()
    storage.set("x", [1, 2, 3, 4], extents: [4])
    storage.declare("kept", extents: [4])
    let executable = try compiled.bind([:], storage: storage, pool: ThreadPool(threads: 1))
    executable.run()
    #expect(executable.output("y") == [28, 40, 60, 88])
    #expect(storage.values("kept") == [2, 4, 6, 8])
  }
}

/// A random graph whose results and views become new values of its leaves and of new ones.
private struct RandomSteps {
  private let seed: UInt64
  private let program: Program
  private let graph: Graph
  private var bindings: Bindings

  init(seed: UInt64) throws {
    self.seed = seed
    let sizes = [(5, 7), (1, 1), (3, 4), (2, 9), (0, 0), (6, 33)]
    let (batch, sample) = sizes[Int(seed) % sizes.count]
    let random = RandomGraph(seed: seed, steps: 8 + Int(seed % 24), gradientCount: 3)
    graph = random.graph
    bindings = random.bindings(batch: batch, sample: sample)
    var draws = CounterRandom(seed: seed, named: "updates")
    let parameters = random.parameters
    let values = random.outputs.map(\.value) + parameters
    var updates: [(leaf: Tensor, value: Tensor)] = []
    for leaf in parameters where draws.uniform() < 0.7 {
      var choices: [Tensor] = []
      for value in values where value.shape.hasSameCount(as: leaf.shape) {
        let reshaped = value.shape == leaf.shape ? value : value.reshaped(to: leaf.shape)
        choices += [reshaped, 0.5 * leaf - 0.1 * tanh(reshaped)]
      }
      if leaf.shape.rank == 2, leaf.shape[0] == leaf.shape[1] {
        choices.append(leaf.transposed([1, 0]))
      }
      choices.append(graph.constant(0.25).broadcast(to: leaf.shape))
      updates.append((leaf, choices[Int(draws.uniform() * Double(choices.count))]))
    }
    for (number, value) in values.enumerated() where draws.uniform() < 0.4 {
      let kept = graph.input("kept\(number)", value.shape)
      let extents = try value.shape.resolved(bindings.extents)
      bindings.leaves["kept\(number)"] = NumericArray(repeating: 0, extents)
      updates.append((kept, value))
      if draws.uniform() < 0.3 {
        let flat = Shape(value.shape.dimensions + [1])
        bindings.leaves["flat\(number)"] = NumericArray(repeating: 0, extents + [1])
        updates.append((graph.input("flat\(number)", flat), value.reshaped(to: flat)))
      }
    }
    var outputs = random.outputs.filter { _ in draws.uniform() < 0.5 }
    for leaf in parameters where draws.uniform() < 0.2 {
      outputs.append(("old \(leaf.leafName)", leaf))
      outputs.append(
        ("view \(leaf.leafName)", leaf.reshaped(to: Shape([1] + leaf.shape.dimensions))))
    }
    program = Program("random", graph: graph, outputs: outputs, updates: updates)
  }

  func compare(steps: Int) throws {
    guard !program.outputs.isEmpty || !program.updates.isEmpty else { return }
    let compiled = try compile(program)
    let storage = Storage<Double>()
    storage.fill(bindings, of: graph)
    let executable = try compiled.bind(
      bindings.extents, storage: storage, pool: ThreadPool(threads: 1), seed: bindings.seed)
    var bindings = bindings
    for step in 0..<steps {
      let values = try Interpreter(bindings).evaluate(
        program.outputs.map(\.value) + program.updates.map(\.value))
      executable.run()
      for (output, value) in zip(program.outputs, values) {
        try expectClose(executable.output(output.name), value, "\(output.name) in step \(step)")
      }
      for (update, value) in zip(program.updates, values.dropFirst(program.outputs.count)) {
        let name = update.leaf.leafName
        bindings.leaves[name] = value
        try expectClose(storage.values(name), value, "new \(name) in step \(step)")
      }
      // Every step starts from the same numbers on both sides, so that rounding does not add up.
      storage.fill(bindings, of: graph)
    }
  }

  private func expectClose(_ got: [Double], _ expected: NumericArray, _ place: String) throws {
    let scale = max(1, expected.values.map { abs($0) }.max() ?? 0)
    let isClose =
      got.count == expected.values.count
      && zip(got, expected.values).allSatisfy { abs($0 - $1) <= 1e-9 * scale }
    try #require(isClose, "seed \(seed): \(place)")
  }
}
