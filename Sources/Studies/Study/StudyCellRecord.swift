import RankineData
import RankineEvaluation
import RankineTraining

/// One fit of a study, as its file in the folder `cells` holds it. Equal cells are equal bytes.
public struct StudyCellRecord: Codable, Sendable, Equatable {
  public let cell: StudyCell
  /// What it was made with, so that cells of different studies are not mixed.
  public let setup: StudySetup
  /// The model's hyperparameters; where validation chose, all values.
  public let settings: [Candidate.Setting]
  /// The hyperparameters of the fit that was kept.
  public let chosenSettings: [FittedModel.Setting]
  /// Of first weights and batches.
  public let seed: UInt64
  /// Of the test rows.
  public let metrics: TaskMetrics
  /// What the true function reaches on the test rows.
  public let truth: TaskMetrics
  /// How well it found the important predictors.
  public let recovery: Recovery
  /// The strengths that were chosen: one, or one a task.
  public let strengths: [StrengthRecord]
  /// The combinations of hyperparameters that were tried; nil without a grid.
  public var trials: [HyperparameterTrial]?

  /// A number of the cell; NaN where it has none.
  public func value(_ measure: StudyMeasure) -> Double {
    switch measure {
    case .metric(let name): metrics.mean(of: name)
    case .excess(let name): metrics.mean(of: name) - truth.mean(of: name)
    case .truePositives: recovery.truePositives
    case .keptCount: recovery.keptCount
    }
  }
}

extension StudyCellRecord {
  init(
    _ fit: FittedModel, of cell: StudyCell, on data: SimulatedData, setup: StudySetup,
    settings: [Candidate.Setting]
  ) {
    self.init(
      cell: cell, setup: setup, settings: settings, chosenSettings: fit.settings, seed: fit.seed,
      metrics: fit.metrics, truth: TaskMetrics(truthOf: data),
      recovery: Recovery(of: Set(data.truth.important), by: fit), strengths: fit.chosen,
      trials: fit.trials.isEmpty ? nil : fit.trials)
  }
}

extension TaskMetrics {
  /// A metric averaged over the tasks that have it; NaN without any.
  func mean(of name: MetricName) -> Double {
    Statistics.mean(tasks.keys.sorted().compactMap { tasks[$0]?[name] })
  }
}
