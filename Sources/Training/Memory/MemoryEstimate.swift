import RankineCompiler
import RankineData
import RankineGraph
import RankineLanguage

/// The memory that a fit takes at its peak, item by item, known before it starts.
///
///     peak = features + fits side by side · (rows copied + parameters + state + means + kept + workspace)
///
/// Features are there once for all fits. The table that they are made from, and small change such as
/// names, histories and the kernels' scratch, are not counted.
///
/// - Units: bytes.
public struct MemoryEstimate: Codable, Sendable, Equatable {
  /// One kind of memory.
  public struct Item: Codable, Sendable, Equatable {
    /// What it is for, in a word or two.
    public let name: String
    /// For one fit, or for all where it is shared.
    public let byteCount: Int
    /// Whether it is there once, however many fits run side by side.
    public let isShared: Bool
  }

  /// Features first.
  public let items: [Item]
  /// Fits of strengths and folds that run at the same time.
  public let concurrentFits: Int

  /// The sum, with what is not shared counted for each fit that runs side by side.
  public var byteCount: Int {
    items.reduce(0) { $0 + $1.byteCount * ($1.isShared ? 1 : concurrentFits) }
  }

  /// - Parameters:
  ///   - rowCount: rows of the data, of which about as many as a split of 60/20/20 gives are trained on.
  ///   - featureCount: the columns that the network sees.
  ///   - tasks: the outcomes.
  ///   - usesFolds: whether folds choose the strength, whose rows have to be copied.
  ///   - threads: as a fit is given them.
  /// - Throws: `ModelError` for a model that does not fit the tasks, `GraphError`.
  public init(
    _ model: Model, rowCount: Int, featureCount: Int, tasks: [TaskDescription],
    options: TrainingOptions = TrainingOptions(), usesFolds: Bool = false, threads: Int = 1
  ) throws {
    let network = try model.firstNetwork(of: tasks)
    let programs = try TrainingPrograms(
      LoweredModel(network.model, features: featureCount, tasks: network.tasks),
      featureCount: featureCount, options: options)
    let size = options.precision.byteCount
    let training = max(1, usesFolds ? rowCount * 4 / 5 : rowCount * 3 / 5)
    let held = max(1, rowCount / 5)
    let parameters = programs.parameters.map(\.count).reduce(0, +)
    let means = programs.parameters.filter(\.isOfNetwork).map(\.count).reduce(0, +)
    let state = programs.state.map { $0.extents.reduce(1, *) }.reduce(0, +)
    let copied = usesFolds ? (training + held) * featureCount : 0
    items = [
      Item("features", rowCount * featureCount * size, isShared: true),
      Item("copied rows", copied * size),
      Item("parameters", parameters * size),
      Item("optimizer state", state * size),
      Item("running means", means * size),
      // The best epoch's weights and their means, in Double.
      Item("kept weights", (parameters + means) * Precision.double.byteCount),
      Item(
        "workspace",
        try programs.workspaceByteCount(
          training: training, held: held, batch: options.batchSize(rowCount: training),
          elementSize: size)),
    ]
    let strengths = programs.pathCount.map { options.strengths?.count ?? $0 } ?? 1
    let fits = strengths * (usesFolds ? options.foldCount : 1)
    concurrentFits = max(1, min(threads, fits))
  }
}

extension MemoryEstimate.Item {
  init(_ name: String, _ byteCount: Int, isShared: Bool = false) {
    (self.name, self.byteCount, self.isShared) = (name, byteCount, isShared)
  }
}

extension TrainingPrograms {
  /// Bytes of intermediate results that a trainer holds, with those of the one pass over all rows that
  /// fixes the scale of a path.
  func workspaceByteCount(
    training: Int, held: Int, batch: Int, elementSize: Int
  ) throws -> Int {
    let sample = Dimension.sample.description
    let rows = Dimension.batch.description
    let left = training % batch
    let bound: [(program: CompiledProgram, extents: [String: Int])] = [
      (step, [sample: training, rows: batch / rowSetCount]),
      (step, [sample: training, rows: left / rowSetCount]),
      (score, [sample: training]),
      (average, [:]),
      (self.held, [Self.heldDimension: held]),
    ]
    let needed = bound.filter { $0.extents[rows] != 0 }
    let own = try needed.map {
      try $0.program.tape.workspaceByteCount($0.extents, elementSize: elementSize)
    }
    let wide = try scale.map {
      try $0.tape.workspaceByteCount(
        [sample: training, rows: training], elementSize: elementSize)
    }
    return own.reduce(0, +) + (wide ?? 0)
  }
}
