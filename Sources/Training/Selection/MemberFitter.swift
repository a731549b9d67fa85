import Foundation
import RankineData
import RankineEvaluation
import RankineLanguage

/// Fits one network: of all tasks, or of a single one where tasks are independent.
struct MemberFitter {
  let model: Model
  let data: Dataset
  /// All rows of the data.
  let features: FeatureMatrix
  /// Of the tasks that the network has.
  let outcomes: [OutcomeValues]
  let parts: Parts
  /// Whether folds of the training and validation rows choose, instead of the validation rows.
  let usesFolds: Bool
  let options: TrainingOptions
  let seed: UInt64
  let threads: Int
  /// What tells it from the other networks of the model; nil for the only one.
  let task: String?
  let report: ProgressCounter.Report?
  /// Where finished fits are kept, and found again.
  var checkpoint: FitCheckpoint?

  /// A network and how it was found.
  struct Outcome {
    let scorer: Scorer
    /// Column norms of the first weight, one list a task.
    let norms: [[Double]]
    /// Those of the tasks' own encoders; empty without.
    let ownNorms: [[Double]]
    let chosen: StrengthRecord
    let strengths: [StrengthRecord]
    let epochs: [EpochRecord]
    /// For each task and row, the score of a fit that did not see the row; NaN for other rows, empty
    /// without folds.
    let crossFitted: [[Double]]
  }

  /// - Throws: `ModelError`, `TrainingError`.
  func run() throws -> Outcome {
    let tasks = TaskDescription.all(outcomes)
    let lowered = try LoweredModel(model, features: features.columnCount, tasks: tasks)
    let programs = try TrainingPrograms(
      lowered, featureCount: features.columnCount, options: options)
    let kept = try checkpoint.map {
      try CheckpointedFits(
        $0, data: data, parts: parts, model: lowered,
        start: ParameterSet(initialFor: programs.parameters, seed: seed), options: options,
        seed: seed, task: task)
    }
    return usesFolds ? try fitByFolds(programs, kept) : try fitByValidation(programs, kept)
  }

  // MARK: A validation part

  private func fitByValidation(
    _ programs: TrainingPrograms, _ kept: CheckpointedFits?
  ) throws -> Outcome {
    let search = search(
      programs, trials: [trial(own(parts.training), own(parts.validation))], kept)
    let held = search.trials[0].held
    var fits = try search.run(stage: "path")[0]
    var choice = StrengthChoice([fits], rule: options.strengthRule, held: held)
    var chosen = fits[choice.index]
    if isAdaptive(programs, rowCount: parts.training.count) {
      let weights = AdaptiveWeights.columnWeights(norms: importance(programs, chosen))
      let second = try search.run(stage: "adaptive", columnWeights: [weights])[0]
      let secondChoice = StrengthChoice([second], rule: options.strengthRule, held: held)
      if secondChoice.bestCriterion >= choice.bestCriterion {
        (choice, chosen) = (secondChoice, second[secondChoice.index])
      }
      fits += second
    }
    return try outcome(programs, chosen, all: fits, crossFitted: [])
  }

  // MARK: Folds

  private func fitByFolds(
    _ programs: TrainingPrograms, _ kept: CheckpointedFits?
  ) throws -> Outcome {
    let rows = own((parts.training + parts.validation).sorted())
    let folds = try foldRows(of: rows)
    let trials = folds.map { fold in
      let held = Set(fold)
      return trial(rows.filter { !held.contains($0) }, fold)
    }
    let search = search(programs, trials: trials, kept)
    let sample = TrainingSample(
      features, outcomes: outcomes, rows: rows, scalesTargets: options.scalesTargets)
    let firstFits = try search.run(stage: "path")
    var choice = StrengthChoice(firstFits, rule: options.strengthRule)
    var chosen = firstFits.map { $0[choice.index] }
    var final = try refit(search, sample, choice, chosen, columnWeights: nil)
    var all = firstFits.flatMap { $0 }
    if isAdaptive(programs, rowCount: rows.count) {
      let weights = chosen.map {
        AdaptiveWeights.columnWeights(norms: importance(programs, $0))
      }
      let secondFits = try search.run(stage: "adaptive", columnWeights: weights)
      let second = StrengthChoice(secondFits, rule: options.strengthRule)
      if second.bestCriterion >= choice.bestCriterion {
        let finalWeights = AdaptiveWeights.columnWeights(norms: importance(programs, final))
        (choice, chosen) = (second, secondFits.map { $0[second.index] })
        final = try refit(search, sample, choice, chosen, columnWeights: finalWeights)
      }
      all += secondFits.flatMap { $0 }
    }
    let scorer = try scorer(programs, final)
    let crossFitted = try alignedScores(programs, scorer, sample, folds: folds, fits: chosen)
    return try outcome(programs, final, all: all + [final], crossFitted: crossFitted)
  }

  private func foldRows(of rows: [Int]) throws -> [[Int]] {
    let count = min(options.foldCount, rows.count)
    return try Folds(count: count).parts(of: data, rows: rows, seed: seed)
  }

  private func refit(
    _ search: StrengthSearch, _ sample: TrainingSample, _ choice: StrengthChoice,
    _ chosen: [StrengthFit], columnWeights: [Double]?
  ) throws -> StrengthFit {
    let epochs = Statistics.median(chosen.map { Double($0.record.bestEpoch) })
    var fit = try search.refit(
      on: sample, multiple: search.multiple(at: choice.index), columnWeights: columnWeights,
      epochs: max(1, Int(epochs.rounded())))
    // No row is left to judge the final fit; the folds' fits stand for it.
    fit.record.criterion = choice.criterion
    fit.record.concordance = outcomes.indices.map { task in
      let known = chosen.compactMap { $0.record.concordance[task] }
      return known.isEmpty ? nil : Statistics.mean(known)
    }
    return fit
  }

  /// Each row's score by the fit that did not see it, on the scale of the final fit: standardized by
  /// the scores of that fit's training rows, then spread like the final scores.
  private func alignedScores(
    _ programs: TrainingPrograms, _ final: Scorer, _ sample: TrainingSample, folds: [[Int]],
    fits: [StrengthFit]
  ) throws -> [[Double]] {
    let rows = sample.features.rows
    let finalScores = try final.scores(of: features, rows: rows)
    var result = outcomes.map { _ in [Double](repeating: .nan, count: features.rowCount) }
    for (fold, fit) in zip(folds, fits) {
      let foldScores = try scorer(programs, fit).scores(of: features, rows: rows)
      for task in outcomes.indices {
        let (from, to) = (ScoreUnit(of: foldScores[task]), ScoreUnit(of: finalScores[task]))
        for (row, score) in zip(fold, fit.heldScores[task]) {
          result[task][row] = to.restored(from.standardized(score))
        }
      }
    }
    return result
  }

  // MARK: Parts

  /// Those of some rows that are rows of one of the network's tasks.
  private func own(_ rows: [Int]) -> [Int] {
    rows.filter { row in outcomes.contains { $0.companions.isOwn?[row] ?? true } }
  }

  private func trial(_ rows: [Int], _ held: [Int]) -> StrengthSearch.Trial {
    StrengthSearch.Trial(
      sample: TrainingSample(
        features, outcomes: outcomes, rows: rows, scalesTargets: options.scalesTargets),
      held: HeldRows(features, outcomes: outcomes, rows: held))
  }

  private func search(
    _ programs: TrainingPrograms, trials: [StrengthSearch.Trial], _ kept: CheckpointedFits?
  ) -> StrengthSearch {
    StrengthSearch(
      programs: programs, trials: trials, options: options, seed: seed, threads: threads,
      task: task, report: report, kept: kept)
  }

  private func isAdaptive(_ programs: TrainingPrograms, rowCount: Int) -> Bool {
    programs.parameters.contains { $0.isOnPath && $0.weighsInputs }
      && options.adaptiveWeights.isOn(rowCount: rowCount, featureCount: features.columnCount)
  }

  private func importance(_ programs: TrainingPrograms, _ fit: StrengthFit) -> [Double] {
    rootMeanSquare(programs.columnNorms(fit.averaged))
  }

  private func scorer(_ programs: TrainingPrograms, _ fit: StrengthFit) throws -> Scorer {
    try Scorer(programs, fit.averaged, precision: options.precision)
  }

  private func outcome(
    _ programs: TrainingPrograms, _ fit: StrengthFit, all: [StrengthFit], crossFitted: [[Double]]
  ) throws -> Outcome {
    Outcome(
      scorer: try scorer(programs, fit), norms: programs.columnNorms(fit.averaged),
      ownNorms: programs.ownColumnNorms(fit.averaged), chosen: fit.record,
      strengths: all.map(\.record), epochs: all.flatMap(\.epochs),
      crossFitted: crossFitted)
  }
}

/// √(mean over tasks of the squares), feature by feature: the importance of a feature to all tasks.
///
/// - Parameter weights: what each list counts; all alike when nil.
func rootMeanSquare(_ norms: [[Double]], weights: [Double]? = nil) -> [Double] {
  guard let first = norms.first else { return [] }
  let weights = weights ?? norms.map { _ in 1 }
  let whole = weights.reduce(0, +)
  return first.indices.map { feature in
    let values = norms.map { $0[feature] }
    if values.allSatisfy({ $0 == first[feature] }) { return first[feature] }
    let sum = zip(weights, values).reduce(0) { $0 + $1.0 * ($1.1 * $1.1) }
    return (sum / whole).squareRoot()
  }
}
