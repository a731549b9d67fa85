import RankineData
import RankineEvaluation
import RankineLanguage

/// Fits the linear scores of a model that a solver solves, as `MemberFitter` trains a network: the same
/// rows, folds, records and cross-fitted scores.
struct SolverFitter {
  let solver: any LinearSolver
  let data: Dataset
  /// All rows of the data.
  let features: FeatureMatrix
  /// Of the tasks that are solved together.
  let outcomes: [OutcomeValues]
  let parts: Parts
  /// Whether folds of the training and validation rows choose, instead of the validation rows.
  let usesFolds: Bool
  let options: TrainingOptions
  let seed: UInt64
  let threads: Int
  /// The task that is solved alone; nil for all tasks together.
  let task: String?

  /// A solution as a member of the model, and what is worth keeping with it.
  struct Outcome {
    let member: MemberFitter.Outcome
    let findings: [FittedModel.Setting]
  }

  func run() throws -> Outcome {
    let rows = usesFolds ? (parts.training + parts.validation).sorted() : parts.training
    let trials = try trials(rows)
    let solution = try solver.solve(
      LinearSample(features: features, outcomes: outcomes, trials: trials, rows: rows),
      threads: threads)
    let held = trials.map { HeldRows(features, outcomes: outcomes, rows: $0.held) }
    let records = solution.choices.enumerated().map { index, choice in
      record(choice, index: index, held)
    }
    let scorer = try Scorer.linear(
      weights: solution.weights, intercepts: solution.intercepts, precision: options.precision)
    let member = MemberFitter.Outcome(
      scorer: scorer, norms: solution.weights.map { $0.map { abs($0) } }, ownNorms: [],
      chosen: records[solution.chosen], strengths: records, epochs: [],
      crossFitted: usesFolds ? crossFitted(solution, trials) : [])
    return Outcome(
      member: member,
      findings: solution.findings.map { FittedModel.Setting(name: $0.name, value: $0.text) })
  }

  private func trials(_ rows: [Int]) throws -> [LinearSample.Trial] {
    guard usesFolds else {
      return [LinearSample.Trial(training: parts.training, held: parts.validation)]
    }
    let count = min(options.foldCount, rows.count)
    return try Folds(count: count).parts(of: data, rows: rows, seed: seed).map { fold in
      let held = Set(fold)
      return LinearSample.Trial(training: rows.filter { !held.contains($0) }, held: fold)
    }
  }

  private func record(
    _ choice: LinearSolution.Choice, index: Int, _ held: [HeldRows]
  ) -> StrengthRecord {
    let byTrial = zip(held, choice.heldScores).map { $0.concordance($1) }
    let concordance = outcomes.indices.map { task -> Double? in
      let known = byTrial.compactMap { $0[task] }
      return known.isEmpty ? nil : Statistics.mean(known)
    }
    return StrengthRecord(
      task: task, stage: "path", index: index, strength: choice.strength, bestEpoch: 0,
      criterion: meanConcordance(concordance), concordance: concordance,
      nonzeroCount: Int(choice.featureCount.rounded()),
      hasCollapsed: choice.featureCount == 0, violatorCount: nil)
  }

  /// Linear scores of any fit are on the outcome's own scale, so those of folds need no alignment.
  private func crossFitted(
    _ solution: LinearSolution, _ trials: [LinearSample.Trial]
  ) -> [[Double]] {
    var scores = outcomes.map { _ in [Double](repeating: .nan, count: features.rowCount) }
    for (trial, own) in zip(trials, solution.choices[solution.chosen].heldScores) {
      for task in outcomes.indices {
        for (row, score) in zip(trial.held, own[task]) { scores[task][row] = score }
      }
    }
    return scores
  }
}
