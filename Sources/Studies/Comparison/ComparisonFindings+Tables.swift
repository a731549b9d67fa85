import RankineEvaluation

extension ComparisonFindings {
  /// What the printed table shows of the metrics.
  static let headline: [MetricName] = [.concordance, .accuracy, .mae, .maeHinge]

  /// Mean and standard deviation over splits of metrics on test rows: a group a task, a row a model.
  ///
  /// - Parameter shown: nil for every metric that any task has.
  public func table(_ shown: [MetricName]? = nil) -> ResultTable {
    let columns = metrics.filter { shown?.contains($0) ?? true }
    var table = ResultTable(
      columns: [ResultTable.Column("Model")]
        + columns.map {
          ResultTable.Column($0.title, preference: $0.isBetterWhenLarger ? .larger : .smaller)
        })
    for task in plan.tasks {
      for model in plan.models {
        let cells = columns.map { summary(of: values($0, model: model.name, task: task.name)) }
        table.append([.text(model.name)] + cells, group: "\(task.name) (\(task.type))")
      }
    }
    if plan.tasks.count > 1, columns.contains(.concordance) {
      for model in plan.models {
        let cells = columns.map { name -> ResultTable.Cell in
          name == .concordance ? summary(of: meanConcordance(model: model.name)) : .empty
        }
        table.append([.text(model.name)] + cells, group: "mean over tasks")
      }
    }
    return table
  }

  /// The first model minus each other one, metric by metric, with 95 % intervals: a group a task.
  public var differenceTable: ResultTable {
    let columns = metrics.filter(Self.headline.contains)
    var table = ResultTable(
      columns: [ResultTable.Column("\(plan.models.first?.name ?? "") minus")]
        + columns.map { ResultTable.Column($0.title) }
        + [ResultTable.Column("Splits", decimals: 0)])
    for task in plan.tasks.map({ Optional($0) }) + (plan.tasks.count > 1 ? [nil] : []) {
      for model in plan.models.dropFirst() {
        let differences = columns.map { name -> SplitDifference? in
          if task == nil, name != .concordance { return nil }
          return difference(name, to: model.name, task: task?.name)
        }
        let cells = zip(columns, differences).map { name, difference -> ResultTable.Cell in
          guard let difference, difference.count > 0 else { return .empty }
          return .difference(
            difference.mean, interval: difference.interval,
            preference: name.isBetterWhenLarger ? .larger : .smaller)
        }
        let count = differences.compactMap { $0?.count }.max() ?? 0
        table.append(
          [.text(model.name)] + cells + [.number(Double(count))],
          group: task.map { "\($0.name) (\($0.type))" } ?? "mean over tasks")
      }
    }
    return table
  }

  /// The features that matter most to the first model and their mean rank in every model, with the
  /// splits that kept them; below them how many features a model keeps, and how far its tasks use the same
  /// ones: `SupportPattern.homogeneity`.
  ///
  /// - Parameter limit: how many features.
  public func predictorTable(limit: Int) -> ResultTable {
    let byModel = Dictionary(grouping: predictors, by: \.model)
    let leading = plan.models.lazy.compactMap { byModel[$0.name] }.first ?? []
    var table = ResultTable(
      columns: [ResultTable.Column("Feature")]
        + plan.models.map { ResultTable.Column($0.name, decimals: 2) })
    for feature in leading.prefix(limit).map(\.feature) {
      let cells = plan.models.map { model -> ResultTable.Cell in
        guard let own = byModel[model.name]?.first(where: { $0.feature == feature }) else {
          return .text("–")
        }
        let rank = decimalText(own.meanRank, digits: 1)
        return .text("\(rank) (\(own.selectedCount)/\(own.splitCount))")
      }
      table.append([.text(feature)] + cells)
    }
    let kept = plan.models.map { summary(of: cells(of: $0.name).map { Double($0.selectedCount) }) }
    table.append([.text("features kept")] + kept, group: "all splits")
    let shared = plan.models.map { cells(of: $0.name).compactMap(\.supportHomogeneity) }
    if shared.contains(where: { !$0.isEmpty }) {
      table.append(
        [.text("shared by tasks (1: all)")] + shared.map(summary), group: "all splits")
    }
    return table
  }

  private func summary(of values: [Double]) -> ResultTable.Cell {
    let known = values.filter { !$0.isNaN }
    if known.isEmpty { return .empty }
    return .number(
      Statistics.mean(known),
      deviation: known.count > 1 ? Statistics.standardDeviation(known) : nil)
  }
}
