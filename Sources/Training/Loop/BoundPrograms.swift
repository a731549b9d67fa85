import RankineCompiler
import RankineGraph
import RankineLanguage
import RankineRuntime

/// The programs of a fit bound to one set of features, with the memory that they share.
final class BoundPrograms<Scalar: KernelScalar> {
  let programs: TrainingPrograms
  let storage: Storage<Scalar>
  let steps: BoundSteps<Scalar>
  /// The phases of a round; empty where all parameters move together.
  let phases: [BoundPhase<Scalar>]
  let scoring: Executable<Scalar>
  let averaging: Executable<Scalar>
  let holding: Executable<Scalar>?
  /// Made when it is first asked for.
  private var screening: CompiledProgram?

  /// - Parameters:
  ///   - sample: outcomes of the training rows.
  ///   - features: what the programs see of the training rows, and of the held ones.
  /// - Throws: `RuntimeError` when the programs do not fit the sample.
  init(
    _ programs: TrainingPrograms, sample: TrainingSample, features: FeatureRows.Values,
    held: (rowCount: Int, features: FeatureRows.Values)?, options: TrainingOptions, seed: UInt64,
    pool: ThreadPool
  ) throws {
    self.programs = programs
    let blocks = programs.blocks(of: sample)
    let batchSize = options.batchSize(blocks: blocks.map(\.count))
    let storage = Storage<Scalar>(
      for: programs, sample: sample, features: features, held: held)
    self.storage = storage
    storage.set(StepLeaf.rate, Scalar(options.learningRate))
    let hasRest = blocks.count == 1 && !options.dropsLastBatch
    let left = hasRest ? blocks[0].count % batchSize : 0
    let batchSizes = [batchSize, left].filter { $0 > 0 }
    for count in batchSizes {
      storage.setIndices(LeafName.rows, Array(repeating: 0, count: count))
    }
    steps = try BoundSteps(
      programs.step, rowCount: sample.rowCount, batchSizes: batchSizes,
      rowSetCount: programs.rowSetCount, storage: storage, pool: pool, seed: seed)
    phases = try programs.phases.map {
      try BoundPhase(
        $0, sample: sample, batchSizes: batchSizes, rowSetCount: programs.rowSetCount,
        storage: storage, pool: pool, seed: seed)
    }
    scoring = try programs.score.bind(
      [Dimension.sample.description: sample.rowCount], storage: storage, pool: pool)
    averaging = try programs.average.bind([:], storage: storage, pool: pool)
    holding = try held.map {
      try programs.held.bind(
        [TrainingPrograms.heldDimension: $0.rowCount], storage: storage, pool: pool)
    }
  }

  /// The step for so many rows: those of a full batch, or as many as an epoch leaves over.
  func step(rowCount: Int) -> Executable<Scalar> { steps[rowCount] }

  /// The last step's, or the running means, as they are here.
  func parameters(averaged: Bool) -> ParameterSet {
    var set = ParameterSet()
    for parameter in programs.parameters where !averaged || parameter.isOfNetwork {
      let name = averaged ? parameter.averageName : parameter.name
      set.values[parameter.name] = storage.doubles(name)
    }
    return set
  }

  /// Gives the parameters their values, in place.
  func set(_ parameters: ParameterSet) {
    for parameter in programs.parameters {
      storage.set(
        parameter.name, rounding: parameters[parameter.name], extents: parameter.extents)
    }
  }

  /// How far each of all features is from staying at zero; see `TrainingPrograms.screeningProgram`.
  ///
  /// - Throws: `GraphError`, `RuntimeError` when the program cannot be made.
  func excess(width: Int, rowCount: Int, seed: UInt64, pool: ThreadPool) throws -> [Scalar] {
    let program = try screening ?? programs.screeningProgram(width: width)
    screening = program
    storage.setIndices(LeafName.rows, (0..<Int32(rowCount)).map { $0 })
    let executable = try program.bind(
      [Dimension.sample.description: rowCount, Dimension.batch.description: rowCount],
      storage: storage, pool: pool, seed: seed)
    executable.run()
    return executable.output("excess")
  }

  /// The columns of some weights, by position here, in which any of them is not zero.
  func nonzeroColumns(of names: [String]) -> [Int] {
    let width = programs.featureCount
    var isNonzero = [Bool](repeating: false, count: width)
    for name in names {
      storage.withBuffer(name) {
        Scalar.markNonzero(UnsafeBufferPointer($0), width: width, in: &isNonzero)
      }
    }
    return isNonzero.indices.filter { isNonzero[$0] }
  }
}
