import RankineData
import RankineLanguage

extension ModelDeclaration {
  /// Trains the model on a part of the data, chooses strength and epoch on another, and calibrates it.
  ///
  ///     let fit = try DeepSmoothedRank().fit(data, split: .ratio(60, 20, 20), seed: 1)
  ///
  /// The same seed gives the same bits, whatever the number of threads.
  ///
  /// - Parameters:
  ///   - data: rows with features and outcomes; an outcome may be missing in some rows.
  ///   - split: shares of training, validation and test rows.
  ///   - seed: of split, first weights, order of batches and random layers.
  ///   - threads: fits at several strengths run side by side.
  ///   - checkpoint: keeps finished fits, so that training that was killed goes on from them.
  ///   - progress: called after every fit at one strength, one call at a time.
  /// - Throws: `DataError`, `ModelError`, `TrainingError`, `EvaluationError`.
  public func fit(
    _ data: Dataset, split: Split = .ratio(60, 20, 20), seed: UInt64 = 1,
    options: TrainingOptions = TrainingOptions(), threads: Int = 1,
    checkpoint: FitCheckpoint? = nil,
    progress: (@Sendable (TrainingProgress) -> Void)? = nil
  ) throws -> FittedModel {
    try fit(
      data, parts: split.parts(of: data, seed: seed), seed: seed, options: options,
      threads: threads, checkpoint: checkpoint, progress: progress)
  }

  /// As `fit(_:split:seed:options:threads:checkpoint:progress:)`, with given rows.
  public func fit(
    _ data: Dataset, parts: Parts, seed: UInt64 = 1, options: TrainingOptions = TrainingOptions(),
    threads: Int = 1, checkpoint: FitCheckpoint? = nil,
    progress: (@Sendable (TrainingProgress) -> Void)? = nil
  ) throws -> FittedModel {
    try ModelFitter(
      name: "\(Self.self)",
      settings: settings.map { FittedModel.Setting(name: $0.name, value: $0.value) }, model: model,
      data: data, parts: parts, seed: seed, options: options, threads: threads, report: progress,
      checkpoint: checkpoint
    ).run()
  }
}

extension ModelDeclaration {
  /// Fits every combination of a grid and keeps the one with the largest validation concordance; `trials`
  /// of the result says how each did. Test rows take no part in the choice.
  ///
  /// - Throws: as `fit(_:split:seed:options:threads:checkpoint:progress:)`, and `ModelError` for a hyperparameter
  ///   that is not there or a value that it does not take.
  public func fit(
    _ data: Dataset, grid: HyperparameterGrid, split: Split = .ratio(60, 20, 20),
    seed: UInt64 = 1, options: TrainingOptions = TrainingOptions(), threads: Int = 1,
    checkpoint: FitCheckpoint? = nil,
    progress: (@Sendable (TrainingProgress) -> Void)? = nil
  ) throws -> FittedModel {
    let versions = try grid.combinations.map { combination in
      var version = self
      try version.apply(combination.map(\.text))
      return (combination, version)
    }
    return try FittedModel.best(of: grid) { combination in
      let version = versions.first { $0.0 == combination }?.1 ?? self
      return try version.fit(
        data, split: split, seed: seed, options: options, threads: threads, checkpoint: checkpoint,
        progress: progress)
    }
  }
}

extension ModelDeclaration {
  /// As `fit(_:parts:seed:options:threads:checkpoint:progress:)`, with features as another fit has learned to make
  /// them.
  package func fit(
    _ data: Dataset, parts: Parts, preprocessor: Preprocessor, seed: UInt64,
    options: TrainingOptions, threads: Int,
    progress: (@Sendable (TrainingProgress) -> Void)? = nil
  ) throws -> FittedModel {
    var fitter = ModelFitter(
      name: "\(Self.self)",
      settings: settings.map { FittedModel.Setting(name: $0.name, value: $0.value) }, model: model,
      data: data, parts: parts, seed: seed, options: options, threads: threads, report: progress)
    fitter.knownPreprocessor = preprocessor
    return try fitter.run()
  }
}

extension Model {
  /// As `ModelDeclaration.fit`, for a model without hyperparameters.
  public func fit(
    _ data: Dataset, split: Split = .ratio(60, 20, 20), seed: UInt64 = 1,
    options: TrainingOptions = TrainingOptions(), threads: Int = 1,
    checkpoint: FitCheckpoint? = nil,
    progress: (@Sendable (TrainingProgress) -> Void)? = nil
  ) throws -> FittedModel {
    try fit(
      data, parts: split.parts(of: data, seed: seed), seed: seed, options: options,
      threads: threads, checkpoint: checkpoint, progress: progress)
  }

  /// As `fit(_:split:seed:options:threads:checkpoint:progress:)`, with given rows.
  public func fit(
    _ data: Dataset, parts: Parts, seed: UInt64 = 1, options: TrainingOptions = TrainingOptions(),
    threads: Int = 1, checkpoint: FitCheckpoint? = nil,
    progress: (@Sendable (TrainingProgress) -> Void)? = nil
  ) throws -> FittedModel {
    try ModelFitter(
      name: "Model", settings: [], model: self, data: data, parts: parts, seed: seed,
      options: options, threads: threads, report: progress,
      checkpoint: checkpoint
    ).run()
  }
}
