import RankineData
import RankineLanguage

extension ModelDeclaration {
  /// Selects features that halves of the data agree on, with a bound on the false ones among them.
  ///
  ///     let selection = try DeepSmoothedRank().selectStably(data)
  ///     selection.selected.map(\.name)
  ///
  /// A fit as by `fit(_:split:seed:options:threads:checkpoint:progress:)` chooses the strength of the penalty, in
  /// multiples of λ_max, and the number of steps. Then the model is refitted to halves of all rows, each of
  /// which selects the features with the largest norms, to all rows, and to permuted outcomes at the
  /// strength of all rows. Columns are weighed alike throughout.
  ///
  /// - Parameters:
  ///   - data: rows with features and outcomes.
  ///   - split: of the fit that chooses.
  ///   - seed: of everything random.
  ///   - stability: the number of half samples, thresholds, and permutations.
  ///   - threads: refits run side by side.
  ///   - progress: called after every fit.
  /// - Throws: `DataError`, `ModelError`, `TrainingError`, `EvaluationError`.
  public func selectStably(
    _ data: Dataset, split: Split = .ratio(60, 20, 20), seed: UInt64 = 1,
    options: TrainingOptions = TrainingOptions(),
    stability: StabilityOptions = StabilityOptions(), threads: Int = 1,
    progress: (@Sendable (TrainingProgress) -> Void)? = nil
  ) throws -> StabilitySelection {
    try stability.validate()
    var options = options
    options.adaptiveWeights = .never
    let fit = try fit(
      data, split: split, seed: seed, options: options, threads: threads, progress: progress)
    return try StabilityFitter(
      model: model, data: data, fit: fit, options: options, stability: stability, seed: seed,
      threads: threads, report: progress
    ).run()
  }
}
