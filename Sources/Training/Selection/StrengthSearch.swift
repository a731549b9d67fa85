import Foundation
import RankineEvaluation
import RankineRuntime
import RankineSupport

/// Fits a path of strengths on one or more pairs of training and held rows.
///
/// One pair is the usual split; several are folds, whose criteria are averaged. A pair has a λ_max of
/// its own, so a strength is a multiple that means the same on all of them.
struct StrengthSearch: Sendable {
  /// Rows to train on, and rows to judge by.
  struct Trial: Sendable {
    let sample: TrainingSample
    let held: HeldRows
  }

  let programs: TrainingPrograms
  let trials: [Trial]
  let options: TrainingOptions
  let seed: UInt64
  let threads: Int
  /// What records and reports name it by, where each task has a model of its own.
  let task: String?
  let report: ProgressCounter.Report?
  /// Where finished fits are kept, and found again.
  var kept: CheckpointedFits?

  /// The multiples of λ_max on the path; 1 alone where no strength is to be found.
  var multiples: [Double] {
    guard let count = programs.pathCount else { return [1] }
    if let given = options.strengths { return given.sorted(by: >) }
    let factor = options.penaltyStep == .proximalElementwise ? StrengthGrid.elementwiseFactor : 1
    return StrengthGrid.multiples(count: count, isPairwise: programs.isPairwise).map { $0 * factor }
  }

  /// - Parameters:
  ///   - stage: what records and reports call it.
  ///   - columnWeights: for each trial; nil for all 1.
  /// - Returns: for each trial the fits in the order of the multiples; further ones where all strengths of
  ///   the path removed every feature.
  func run(stage: String, columnWeights: [[Double]]? = nil) throws -> [[StrengthFit]] {
    var fits = try run(multiples, stage, columnWeights)
    while isTooStrong(fits) {
      let next = try run([multiple(at: fits[0].count)], stage, columnWeights, from: fits[0].count)
      fits = zip(fits, next).map { $0 + $1 }
    }
    return fits
  }

  /// The multiple of λ_max at a place of the path, or below its end: half of the one before.
  func multiple(at index: Int) -> Double {
    let multiples = multiples
    let below = index - multiples.count + 1
    return below <= 0 ? multiples[index] : multiples[multiples.count - 1] * pow(0.5, Double(below))
  }

  /// How many strengths below the path are tried at most.
  static let furtherLimit = 8

  /// Whether the path should go on downwards. λ_max is of the first weights, from which losses in large
  /// units may be far; given strengths are left at what they are.
  private func isTooStrong(_ fits: [[StrengthFit]]) -> Bool {
    guard programs.pathCount != nil, options.strengths == nil,
      let count = fits.first?.count, count < multiples.count + Self.furtherLimit
    else { return false }
    return (0..<count).allSatisfy { StrengthChoice.removesAll(fits, at: $0) }
  }

  private func run(
    _ multiples: [Double], _ stage: String, _ columnWeights: [[Double]]?, from first: Int = 0
  ) throws -> [[StrengthFit]] {
    switch options.precision {
    case .float: try run(Float.self, multiples, stage, columnWeights, from: first)
    case .double: try run(Double.self, multiples, stage, columnWeights, from: first)
    }
  }

  /// - Parameter first: the place on the path of the first multiple.
  private func run<Scalar: KernelScalar>(
    _: Scalar.Type, _ multiples: [Double], _ stage: String, _ columnWeights: [[Double]]?,
    from first: Int
  ) throws -> [[StrengthFit]] {
    let counter = ProgressCounter(
      task: task, stage: stage, fitCount: trials.count * multiples.count, report: report)
    if options.pathStart == .warm {
      return try concurrentMap(trials.count, threads: threads) { trial in
        let places = multiples.map { place(stage, trial, $0, columnWeights) }
        let known = places.compactMap { kept?.kept($0) }
        if known.count == multiples.count { return known }
        let trainer: Trainer<Scalar> = try makeTrainer(trials[trial])
        let largest = try trainer.largestStrength()
        return try multiples.indices.map { index in
          if index > 0 { trainer.reset(to: trainer.parameters(averaged: false)) }
          let fit = try trainer.train(
            strength: multiples[index] * largest, columnWeights: columnWeights?[trial]
          ).labelled(task, stage, first + index)
          counter.finished(concordance: fit.record.criterion)
          try kept?.keep(fit, at: places[index])
          return fit
        }
      }
    }
    let start = ParameterSet(initialFor: programs.parameters, seed: seed)
    let largest = try largestStrengths(Scalar.self, start)
    let fits = try concurrentMap(trials.count * multiples.count, threads: threads) { job in
      let (trial, index) = (job / multiples.count, job % multiples.count)
      let fit = try checkpointed(place(stage, trial, multiples[index], columnWeights)) {
        let trainer: Trainer<Scalar> = try makeTrainer(trials[trial], start)
        return try trainer.train(
          strength: multiples[index] * largest[trial], columnWeights: columnWeights?[trial]
        ).labelled(task, stage, first + index)
      }
      counter.finished(concordance: fit.record.criterion)
      return fit
    }
    return trials.indices.map { Array(fits[($0 * multiples.count)..<(($0 + 1) * multiples.count)]) }
  }

  private func place(
    _ stage: String, _ trial: Int, _ multiple: Double, _ columnWeights: [[Double]]?
  ) -> CheckpointedFits.Place {
    CheckpointedFits.Place(
      stage: stage, trial: trial, multiple: multiple, columnWeights: columnWeights?[trial])
  }

  /// The fit at a place of the checkpoint, made and kept if it is not there.
  private func checkpointed(
    _ place: CheckpointedFits.Place, _ train: () throws -> StrengthFit
  ) throws -> StrengthFit {
    if let fit = kept?.kept(place) { return fit }
    let fit = try train()
    try kept?.keep(fit, at: place)
    return fit
  }

  /// λ_max of each trial.
  private func largestStrengths<Scalar: KernelScalar>(
    _: Scalar.Type, _ start: ParameterSet
  ) throws -> [Double] {
    guard programs.scale != nil else { return trials.map { _ in programs.fixedStrength } }
    return try concurrentMap(trials.count, threads: threads) { trial in
      try Trainer<Scalar>(
        programs, sample: trials[trial].sample, held: nil, options: options, seed: seed,
        pool: ThreadPool(threads: max(1, threads / trials.count)), start: start
      ).largestStrength()
    }
  }

  /// Fits one strength to all rows that there are, for as many epochs as trials found best.
  func refit(
    on sample: TrainingSample, multiple: Double, columnWeights: [Double]?, epochs: Int
  ) throws -> StrengthFit {
    func refit<Scalar: KernelScalar>(_: Scalar.Type) throws -> StrengthFit {
      let trainer = try Trainer<Scalar>(
        programs, sample: sample, held: nil, options: options, seed: seed,
        pool: ThreadPool(threads: threads))
      let largest = try trainer.largestStrength()
      return try trainer.train(
        strength: multiple * largest, columnWeights: columnWeights, epochs: epochs
      ).labelled(task, "final", 0)
    }
    let place = CheckpointedFits.Place(
      stage: "final", trial: 0, multiple: multiple, columnWeights: columnWeights, epochs: epochs)
    return try checkpointed(place) {
      switch options.precision {
      case .float: try refit(Float.self)
      case .double: try refit(Double.self)
      }
    }
  }

  private func makeTrainer<Scalar: KernelScalar>(
    _ trial: Trial, _ start: ParameterSet? = nil
  ) throws -> Trainer<Scalar> {
    // Where fits run side by side each has one thread; a single fit has them all.
    let isAlone = trials.count * multiples.count == 1
    return try Trainer(
      programs, sample: trial.sample, held: trial.held, options: options, seed: seed,
      pool: ThreadPool(threads: isAlone ? threads : 1), start: start)
  }
}

/// Which strength of a path to keep.
struct StrengthChoice: Equatable {
  let index: Int
  /// The criterion there, averaged over trials.
  let criterion: Double
  /// The largest criterion, averaged over trials.
  let bestCriterion: Double

  /// How far above chance a concordance must be for a fit to count as predicting.
  static let margin = 0.02

  /// The largest criterion, of equals the strongest penalty, or what the rule says. A strength that
  /// removes every feature is not chosen when another one predicts.
  ///
  /// - Parameters:
  ///   - fits: for each trial those of the path, from the strongest penalty down.
  ///   - held: the rows that judged the only trial, whose error matters to the rule.
  init(_ fits: [[StrengthFit]], rule: StrengthRule = .best, held: HeldRows? = nil) {
    let count = fits.first?.count ?? 0
    let criteria = (0..<count).map { index in
      fits.map { $0[index].record.criterion }.reduce(0, +) / Double(fits.count)
    }
    let predicting = (0..<count).filter {
      !Self.removesAll(fits, at: $0) && criteria[$0] > 0.5 + Self.margin
    }
    var best = 0
    var bestValue = -Double.infinity
    let candidates = predicting.isEmpty ? Array(0..<count) : predicting
    for candidate in candidates where criteria[candidate] > bestValue {
      (best, bestValue) = (candidate, criteria[candidate])
    }
    bestCriterion = bestValue
    if rule == .oneStandardError, count > 0 {
      let atBest = fits.map { $0[best] }
      let error =
        atBest.count > 1
        ? Statistics.standardError(atBest.map(\.record.criterion))
        : held?.standardError(atBest[0].heldScores) ?? 0
      best = candidates.first { criteria[$0] >= bestValue - error } ?? best
    }
    index = best
    criterion = count > 0 ? criteria[best] : bestValue
  }

  /// Whether a strength leaves most trials without a feature.
  static func removesAll(_ fits: [[StrengthFit]], at index: Int) -> Bool {
    2 * fits.count { $0[index].record.hasNoFeature } > fits.count
  }
}
