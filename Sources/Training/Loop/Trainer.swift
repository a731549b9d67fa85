import RankineCompiler
import RankineGraph
import RankineLanguage
import RankineRuntime
import RankineSupport

/// Trains one model on one sample, at one strength after the other: the mini-batch algorithm against
/// the scores of the previous epoch.
///
/// - Source: arXiv:2607.00995, algorithm 1.
package final class Trainer<Scalar: KernelScalar> {
  package let programs: TrainingPrograms
  package let sample: TrainingSample
  package let heldRows: HeldRows?
  package let options: TrainingOptions
  package let seed: UInt64
  package let batchSize: Int
  /// The rows that batches draw from, a list for each part of a batch.
  let blocks: [[Int]]
  let pool: ThreadPool
  /// The programs over all features.
  let full: BoundPrograms<Scalar>
  /// The programs over some features, while steps leave out the others.
  var narrow: (subset: ColumnSubset, bound: BoundPrograms<Scalar>)?
  private var stepNumber = 0
  /// Sums over the steps of the epoch of the tasks' weights, and how many steps there were.
  private var weightSums: [Double]
  private var weightCount = 0.0
  /// One for each phase, or one alone.
  private var clocks: [AdamClock]
  /// While set, steps look at every result, and `firstNotFinite` is the first instruction that made a
  /// number that is not finite.
  var isTracing = false
  private(set) var firstNotFinite: String?

  /// - Parameter start: the first parameters; drawn from the seed when nil.
  /// - Throws: `RuntimeError` when the programs do not fit the sample.
  package init(
    _ programs: TrainingPrograms, sample: TrainingSample, held: HeldRows?,
    options: TrainingOptions, seed: UInt64, pool: ThreadPool = ThreadPool(threads: 1),
    start: ParameterSet? = nil
  ) throws {
    (self.programs, self.sample, heldRows) = (programs, sample, held)
    (self.options, self.seed, self.pool) = (options, seed, pool)
    blocks = programs.blocks(of: sample)
    batchSize = options.batchSize(blocks: blocks.map(\.count))
    weightSums = Array(repeating: 0, count: programs.tasks.count)
    clocks = Array(repeating: AdamClock(), count: max(1, programs.phases.count))
    full = try BoundPrograms(
      programs, sample: sample, features: sample.features.values(as: Scalar.self),
      held: held.map { ($0.rowCount, $0.features.values(as: Scalar.self)) }, options: options,
      seed: seed, pool: pool)
    reset(to: start ?? ParameterSet(initialFor: programs.parameters, seed: seed))
  }

  /// The programs that steps run now.
  var current: BoundPrograms<Scalar> { narrow?.bound ?? full }
  /// What they read and write.
  package var storage: Storage<Scalar> { current.storage }

  // MARK: State

  /// Starts over at the given parameters: no moments, no averages, step 0.
  package func reset(to parameters: ParameterSet) {
    narrow = nil
    for parameter in programs.parameters {
      let values = parameters[parameter.name]
      storage.set(parameter.name, rounding: values, extents: parameter.extents)
      if parameter.isOfNetwork {
        storage.set(parameter.averageName, rounding: values, extents: parameter.extents)
      }
    }
    for leaf in programs.state {
      let count = leaf.extents.reduce(1, *)
      storage.set(
        leaf.name, Array(repeating: Scalar(leaf.initial), count: count), extents: leaf.extents)
    }
    (stepNumber, clocks) = (0, clocks.map { _ in AdamClock() })
    rescale()
  }

  /// Sets λ, and the penalty's factor for each feature; all are 1 when nil.
  package func set(strength: Double, columnWeights: [Double]? = nil) {
    widen()
    storage.set(StepLeaf.strength, Scalar(strength))
    let weights = columnWeights ?? Array(repeating: 1, count: programs.featureCount)
    storage.set(
      StepLeaf.columnWeights, rounding: weights, extents: [programs.featureCount])
  }

  /// The parameters of the last step, or their running means.
  package func parameters(averaged: Bool) -> ParameterSet {
    widen()
    return full.parameters(averaged: averaged)
  }

  /// Puts averaged weights in the place from which held rows are scored.
  package func setAverages(_ set: ParameterSet) {
    widen()
    for parameter in programs.parameters where parameter.isOfNetwork {
      storage.set(
        parameter.averageName, rounding: set[parameter.name], extents: parameter.extents)
    }
  }

  // MARK: Programs

  /// Scores all training rows with the present weights and keeps the scores as partners.
  package func refreshPartners() {
    if programs.readsStoredScores { current.scoring.run() }
  }

  /// One step on some rows of the sample: `batchSize` of them, or as many as an epoch leaves over.
  ///
  /// - Returns: the loss before the step.
  /// - Throws: `TrainingError` (`not-finite`) naming the task, the step and λ.
  package func step(_ rows: UnsafeBufferPointer<Int32>) throws(TrainingError) -> Double {
    try step(rows, by: current.step(rowCount: rows.count), clock: 0)
  }

  /// As `step(_:)`, by the program of a phase for so many rows, and with the phase's clock.
  func step(
    _ rows: UnsafeBufferPointer<Int32>, by executable: Executable<Scalar>, clock number: Int
  ) throws(TrainingError) -> Double {
    storage.setIndices(LeafName.rows, rows)
    stepNumber += 1
    clocks[number].advance()
    let clock = clocks[number]
    storage.set(LeafName.step, Scalar(stepNumber))
    storage.set(StepLeaf.correction1, Scalar(clock.correction1))
    storage.set(StepLeaf.correction2, Scalar(clock.correction2))
    if isTracing, firstNotFinite == nil {
      firstNotFinite = executable.runTracing()
    } else {
      executable.run()
    }
    let loss = executable.withOutput("loss") { Double($0[0]) }
    if !loss.isFinite { throw notFinite(loss, executable) }
    weightCount += 1
    executable.withOutput("weights") { weights in
      for task in weightSums.indices { weightSums[task] += Double(weights[task]) }
    }
    return loss
  }

  /// Moves the running means towards the present weights.
  package func average(epoch: Int) {
    let factor = programs.phases.isEmpty ? options.averagingFactor(epoch: epoch) : 0
    storage.set(StepLeaf.averaging, Scalar(factor))
    current.averaging.run()
  }

  /// Says which epoch the next steps belong to, from 0.
  package func begin(epoch: Int) {
    for task in weightSums.indices { weightSums[task] = 0 }
    weightCount = 0
    storage.set(LeafName.epoch, Scalar(epoch))
    if epoch % options.partnerRefresh == 0 { refreshPartners() }
  }

  /// The mean over the steps of the epoch of the weight that balancing gave each task.
  var meanWeights: [Double] { weightSums.map { $0 / max(1, weightCount) } }

  /// How many features have a weight that is not zero after the last step.
  package var nonzeroCount: Int {
    guard let weight = programs.firstWeight else { return programs.featureCount }
    return current.nonzeroColumns(of: [weight.name]).count
  }

  /// The averaged weights' scores of the held rows, one list a task.
  package func heldScores() -> [[Double]] {
    guard let holding = current.holding, let heldRows else { return [] }
    holding.run()
    return holding.withOutput("scores") { all in
      programs.tasks.indices.map { task in
        (0..<heldRows.rowCount).map { Double(all[task * heldRows.rowCount + $0]) }
      }
    }
  }

  /// The largest norm of a column of the first gradient over all training rows: at about this
  /// strength the penalty outweighs every column. Where no strength is on a path, the given one.
  package func largestStrength() throws -> Double {
    guard let scale = programs.scale else { return programs.fixedStrength }
    widen()
    storage.setIndices(LeafName.rows, (0..<Int32(sample.rowCount)).map { $0 })
    storage.set(LeafName.step, 1)
    refreshPartners()
    let executable = try scale.bind(
      [
        Dimension.sample.description: sample.rowCount, Dimension.batch.description: sample.rowCount,
      ], storage: storage, pool: pool, seed: seed)
    executable.run()
    return executable.withOutput("largest") { $0.map { Double($0) }.max() ?? 0 }
  }

  private func notFinite(_ loss: Double, _ executable: Executable<Scalar>) -> TrainingError {
    let losses = executable.output("losses")
    let task = losses.firstIndex { !$0.isFinite }.map { programs.tasks[$0].name }
    let strength = storage.values(StepLeaf.strength).first.map { Double($0) } ?? 0
    return TrainingError(
      "not-finite", at: task.map { "task \"\($0)\"" } ?? "the balanced loss",
      "the loss is \(loss) at step \(stepNumber), strength \(strength)",
      hint: "lower the learning rate (now \(options.learningRate)), or bring the outcome to a "
        + "smaller scale")
  }
}

extension Trainer {
  /// For each instruction of a step its line in the listing and the median of its times.
  package func instructionTimings(runs: Int) -> [(line: String, microseconds: Double)] {
    current.step(rowCount: batchSize).timings(runs: runs)
  }
}
