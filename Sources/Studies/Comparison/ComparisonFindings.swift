import RankineEvaluation

/// The cells of a comparison and what they say about the models.
public struct ComparisonFindings: Sendable {
  public let plan: ComparisonPlan
  /// By split, then in the order of the models.
  public let cells: [CellRecord]
  /// In the same order.
  public let failures: [CellFailure]

  init(plan: ComparisonPlan, cells: [CellRecord], failures: [CellFailure]) {
    self.plan = plan
    func place(_ split: Int, _ model: String) -> (Int, Int) {
      (split, plan.models.firstIndex { $0.name == model } ?? plan.models.count)
    }
    self.cells = cells.sorted { place($0.split, $0.model) < place($1.split, $1.model) }
    self.failures = failures.sorted { place($0.split, $0.model) < place($1.split, $1.model) }
  }

  /// The cells of a model, by split.
  public func cells(of model: String) -> [CellRecord] { cells.filter { $0.model == model } }

  /// A metric of a model on a task, one value a split; NaN where the split failed or has none.
  public func values(_ metric: MetricName, model: String, task: String) -> [Double] {
    bySplit(model) { $0.metrics.tasks[task]?[metric] ?? .nan }
  }

  /// A model's concordance averaged over tasks, one value a split; NaN where a task has none.
  public func meanConcordance(model: String) -> [Double] {
    bySplit(model) { cell in
      Statistics.mean(plan.tasks.map { cell.metrics.tasks[$0.name]?[.concordance] ?? .nan })
    }
  }

  /// A metric of the first model minus that of another one.
  ///
  /// - Parameter task: nil for the concordance averaged over tasks.
  public func difference(
    _ metric: MetricName = .concordance, to model: String, task: String?
  ) -> SplitDifference {
    let reference = plan.models.first?.name ?? model
    let sizes = plan.sizes
    let pair = [reference, model].map { name in
      task.map { values(metric, model: name, task: $0) } ?? meanConcordance(model: name)
    }
    return SplitDifference(pair[0], minus: pair[1], testShare: sizes[2] / sizes[0])
  }

  /// How steadily each model relies on each feature: model by model, the steadiest first.
  public var predictors: [PredictorFrequency] {
    plan.models.flatMap { PredictorFrequency.all(of: cells(of: $0.name)) }
  }

  /// The metrics that any task has, in the order of `MetricName`.
  public var metrics: [MetricName] {
    let present = Set(cells.flatMap { $0.metrics.tasks.values.flatMap { $0.values.keys } })
    return MetricName.allCases.filter(present.contains)
  }

  /// What to tell whoever asked for all cells when some could not be made; nil when none failed.
  public var failure: StudyError? {
    guard let first = failures.first else { return nil }
    let total = plan.models.count * plan.splitCount
    return StudyError(
      "cells-failed", in: "\(first.model), split \(first.split)",
      "\(failures.count) of \(total) fits failed; this one with \(first.message)",
      hint: cells.isEmpty ? nil : "the tables are of the others")
  }

  private func bySplit(_ model: String, _ value: (CellRecord) -> Double) -> [Double] {
    var values = Array(repeating: Double.nan, count: plan.splitCount)
    for cell in cells where cell.model == model && values.indices.contains(cell.split - 1) {
      values[cell.split - 1] = value(cell)
    }
    return values
  }
}
