import CRankineKernels
import RankineCompiler
import RankineGraph
import RankineRuntime
import RankineTestSupport
import Testing

/// Random graphs through the whole compiler and the kernels, held against the interpreter, on every
/// instruction-set level of the machine.
@Suite(.serialized)
struct DifferentialTests {
  /// Graphs with jumps too: in Double, as rounding in Float may land on the other side of a jump.
  @Test(arguments: [0..<600, 600..<1200] as [Range<UInt64>])
  func everyTapeAgreesWithTheInterpreter(_ seeds: Range<UInt64>) throws {
    for seed in seeds {
      try compare(RandomCase(seed: seed, isSmooth: false), as: Double.self, tolerance: 1e-9)
    }
  }

  @Test(arguments: [10_000..<10_500, 10_500..<11_000] as [Range<UInt64>])
  func smoothTapesAgreeInBothPrecisions(_ seeds: Range<UInt64>) throws {
    for seed in seeds {
      let random = try RandomCase(seed: seed, isSmooth: true)
      try compare(random, as: Double.self, tolerance: 1e-9)
      // A few dozen operations one after the other, each good to 1e-7 of its largest operand.
      try compare(random, as: Float.self, tolerance: 1e-4)
    }
  }

  private func compare<Scalar: KernelScalar>(
    _ random: RandomCase, as type: Scalar.Type, tolerance: Double
  ) throws {
    let before = rk_current_level()
    defer { rk_set_level(before) }
    for level in 0...rk_best_level().rawValue {
      rk_set_level(rk_level(level))
      for (name, expected, got) in try random.results(as: Scalar.self) {
        let scale = max(1, expected.map { abs($0) }.max() ?? 0)
        let worst = zip(expected, got).map { abs($0 - $1) / scale }.max() ?? 0
        let context: Comment =
          "seed \(random.seed), level \(level), \(Scalar.self) \(name): off by \(worst)"
        try #require(expected.count == got.count && worst <= tolerance, context)
      }
    }
  }
}

/// A random graph, its tape, and the values that the interpreter finds.
private struct RandomCase {
  let seed: UInt64
  let random: RandomGraph
  let bindings: Bindings
  let compiled: CompiledProgram
  let expected: [NumericArray]

  init(seed: UInt64, isSmooth: Bool) throws {
    self.seed = seed
    let sizes = [(5, 7), (1, 1), (3, 4), (2, 9), (0, 0), (6, 33)]
    let (batch, sample) = sizes[Int(seed) % sizes.count]
    random = RandomGraph(
      seed: seed, steps: 8 + Int(seed % 24), gradientCount: 2, isSmooth: isSmooth)
    bindings = random.bindings(batch: batch, sample: sample)
    compiled = try compile(Program("random", graph: random.graph, outputs: random.outputs))
    expected = try Interpreter(bindings).evaluate(random.outputs.map(\.value))
  }

  /// Name, expected and computed elements of each output, after a second run over used memory.
  func results<Scalar: KernelScalar>(
    as type: Scalar.Type
  ) throws -> [(String, [Double], [Double])] {
    let storage = Storage<Scalar>()
    storage.fill(bindings, of: random.graph)
    let executable = try compiled.bind(
      bindings.extents, storage: storage, pool: ThreadPool(threads: 1), seed: bindings.seed)
    executable.run()
    executable.run()
    return zip(random.outputs, expected).map { output, value in
      (output.name, value.values, executable.output(output.name).map { Double($0) })
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
