import RankineCompiler
import RankineGraph
import RankineLanguage
import RankineRuntime
import RankineSupport

/// A phase of a round, bound to the memory of a fit.
enum BoundPhase<Scalar: KernelScalar> {
  /// Mini-batch steps: for full batches, and for the last one of an epoch.
  case stochastic(Phase, BoundSteps<Scalar>)
  case proximal(BoundProximalPhase<Scalar>)
  case rescaling(Executable<Scalar>)

  init(
    _ program: PhaseProgram, sample: TrainingSample, batchSizes: [Int], rowSetCount: Int,
    storage: Storage<Scalar>, pool: ThreadPool, seed: UInt64
  ) throws {
    let extents = [Dimension.sample.description: sample.rowCount]
    switch program {
    case .stochastic(let phase, let step):
      self = .stochastic(
        phase,
        try BoundSteps(
          step, rowCount: sample.rowCount, batchSizes: batchSizes, rowSetCount: rowSetCount,
          storage: storage, pool: pool, seed: seed))
    case .proximal(let phase, let programs):
      self = .proximal(
        try BoundProximalPhase(
          phase, programs, sample: sample, storage: storage, pool: pool, seed: seed))
    case .rescaling(let program):
      self = .rescaling(try program.bind(extents, storage: storage, pool: pool))
    }
  }
}

/// A step bound to batches of the sizes that an epoch has.
struct BoundSteps<Scalar: KernelScalar> {
  private let batchSize: Int
  private let batch: Executable<Scalar>
  /// For the last, shorter batch of an epoch.
  private let rest: (count: Int, executable: Executable<Scalar>)?

  /// - Parameter rowSetCount: into how many sets the program cuts the rows of a batch.
  init(
    _ program: CompiledProgram, rowCount: Int, batchSizes: [Int], rowSetCount: Int,
    storage: Storage<Scalar>, pool: ThreadPool, seed: UInt64
  ) throws {
    func bind(_ count: Int) throws -> Executable<Scalar> {
      try program.bind(
        [
          Dimension.sample.description: rowCount, Dimension.batch.description: count / rowSetCount,
        ], storage: storage, pool: pool, seed: seed)
    }
    batchSize = batchSizes[0]
    batch = try bind(batchSize)
    rest = try batchSizes.dropFirst().first.map { ($0, try bind($0)) }
  }

  /// - Precondition: an epoch has batches of so many rows.
  subscript(rowCount: Int) -> Executable<Scalar> {
    if let rest, rest.count == rowCount { return rest.executable }
    precondition(rowCount == batchSize, "a batch of another size")
    return batch
  }
}

/// Proximal gradient steps bound to the memory of a fit.
struct BoundProximalPhase<Scalar: KernelScalar> {
  let phase: Phase
  private let programs: ProximalPhase
  private let storage: Storage<Scalar>
  private let prepare: Executable<Scalar>
  private let curvature: Executable<Scalar>
  private let step: Executable<Scalar>

  /// Power iterations before the steps; each phase goes on from the direction of the one before it.
  private static var powerIterations: Int { 12 }
  /// A smaller growth of the objective is one of rounding.
  private static var slack: Double { Scalar.self == Double.self ? 1e-13 : 1e-6 }
  /// From here on a step is not a little too long: the loss has hardly any curvature, as a rank loss has
  /// none where all scores are equal, and a step is found by trying.
  private static var unusualFactor: Double { 32 }
  private static var largestFactor: Double { 1e15 }

  init(
    _ phase: Phase, _ programs: ProximalPhase, sample: TrainingSample,
    storage: Storage<Scalar>, pool: ThreadPool, seed: UInt64
  ) throws {
    (self.phase, self.programs, self.storage) = (phase, programs, storage)
    let rows = sample.paddedRows
    storage.setIndices(LeafName.paddedRows, rows)
    let extents = [
      Dimension.sample.description: sample.rowCount,
      Dimension.batch.description: rows.count / sample.rowSets.count,
    ]
    for (name, shape) in programs.buffers {
      storage.declare(name, extents: try shape.resolved(extents))
    }
    for name in programs.directions {
      var random = CounterRandom(seed: seed, named: name)
      storage.withBuffer(name) { values in
        for index in values.indices { values[index] = Scalar(random.normal()) }
      }
    }
    prepare = try programs.prepare.bind(extents, storage: storage, pool: pool)
    curvature = try programs.curvature.bind(extents, storage: storage, pool: pool)
    step = try programs.step.bind(extents, storage: storage, pool: pool)
  }

  /// Steps until they change the objective no more. The parameters that are kept are the last whose
  /// objective is known, so it never grows.
  ///
  /// - Returns: the objective before each step that was kept, and at the end.
  func run() -> [Double] {
    guard case .proximalGradient(_, let stepCount, let tolerance) = phase else { return [] }
    prepare.run()
    for _ in 0..<Self.powerIterations { curvature.run() }
    var factor = ProximalPhase.firstFactor
    var kept = parameters()
    var objectives: [Double] = []
    var taken = 0
    while taken <= stepCount {
      storage.set(programs.factorLeaf, Scalar(factor))
      let here = parameters()
      step.run()
      let objective = step.withOutput("objective") { Double($0[0]) }
      let last = objectives.last
      if !objective.isFinite || last.map({ objective > $0 + Self.slack * abs($0) }) ?? false {
        guard last != nil, factor < Self.largestFactor else { break }
        // Once more from the last point, by a shorter step; the next turn sees where it leads.
        factor *= factor < Self.unusualFactor ? 2 : 64
        storage.set(programs.factorLeaf, Scalar(factor))
        restore(kept)
        step.run()
        taken += 1
        continue
      }
      kept = here
      objectives.append(objective)
      taken += 1
      if let last, last - objective <= tolerance * max(abs(last), 1e-12) { break }
    }
    restore(kept)
    return objectives
  }

  private func parameters() -> [[Scalar]] { programs.moving.map { storage.values($0) } }

  private func restore(_ values: [[Scalar]]) {
    for (name, values) in zip(programs.moving, values) {
      storage.withBuffer(name) { target in
        for index in target.indices { target[index] = values[index] }
      }
    }
  }
}
