import CRankineKernels
import RankineCompiler
import RankineGraph
import RankineRuntime
import RankineTestSupport
import Testing

/// Random graphs through the whole compiler and the kernels, held against the interpreter.
@Suite(.serialized)
struct DifferentialTests {
  static let levels = (0...rk_best_level().rawValue).map { rk_level($0) }

  @Test(arguments: levels)
  func everyTapeAgreesWithTheInterpreterInDouble(_ level: rk_level) throws {
    try compare(level, seeds: 0..<700, as: Double.self, isSmooth: false, tolerance: 1e-9)
  }

  @Test(arguments: levels)
  func everyTapeAgreesWithTheInterpreterInFloat(_ level: rk_level) throws {
    try compare(level, seeds: 10_000..<10_700, as: Float.self, isSmooth: true, tolerance: 2e-4)
  }

  private func compare<Scalar: KernelScalar>(
    _ level: rk_level, seeds: Range<UInt64>, as type: Scalar.Type, isSmooth: Bool, tolerance: Double
  ) throws {
    let before = rk_current_level()
    defer { rk_set_level(before) }
    rk_set_level(level)
    let pool = ThreadPool(threads: 2)
    let sizes = [(5, 7), (1, 1), (3, 40), (16, 65), (0, 0), (33, 300)]
    for seed in seeds {
      let random = RandomGraph(
        seed: seed, steps: 8 + Int(seed % 40), gradientCount: 2, isSmooth: isSmooth)
      let (batch, sample) = sizes[Int(seed) % sizes.count]
      let bindings = random.bindings(batch: batch, sample: sample)
      let expected = try Interpreter(bindings).evaluate(random.outputs.map(\.value))
      let compiled = try compile(Program("random", graph: random.graph, outputs: random.outputs))
      let storage = Storage<Scalar>()
      storage.fill(bindings, of: random.graph)
      let executable = try compiled.bind(
        bindings.extents, storage: storage, pool: pool, seed: bindings.seed)
      executable.run()
      executable.run()
      for (output, value) in zip(random.outputs, expected) {
        let got = executable.output(output.name).map { Double($0) }
        let scale = max(1, value.values.map { abs($0) }.max() ?? 0)
        let worst = zip(got, value.values).map { abs($0 - $1) / scale }.max() ?? 0
        guard got.count == value.values.count, worst <= tolerance else {
          Issue.record(
            "seed \(seed), \(output.name) \(value.extents): off by \(worst)\n\(compiled.tape.listing)")
          return
        }
      }
    }
  }
}

extension Storage {
  /// Puts the values of the leaves of a graph in place.
  func fill(_ bindings: Bindings, of graph: Graph) {
    for node in graph.nodes {
      guard case .leaf(let leaf) = node.attribute, let value = bindings.leaves[leaf.name] else {
        continue
      }
      switch leaf.element {
      case .real: set(leaf.name, value.values.map { Scalar($0) }, extents: value.extents)
      case .index: setIndices(leaf.name, value.values.map { Int32($0) })
      }
    }
  }
}
