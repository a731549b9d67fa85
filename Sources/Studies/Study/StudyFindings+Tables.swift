import RankineEvaluation

extension StudyFindings {
  /// The families of settings of which there is a cell.
  var families: [StudyFamily] {
    StudyFamily.allCases.filter { family in
      conditions.contains { StudyFamily(setting: $0.setting) == family }
    }
  }

  /// Mean and standard deviation over replications, in the paper's layout: a group a setting, a row a
  /// model, below them the true function.
  public func table(_ family: StudyFamily) -> ResultTable {
    var table = ResultTable(
      caption: family.title + ": mean (SD) over replications",
      columns: columns(of: family.measures))
    for condition in conditions(of: family) {
      for model in models where hasCells(of: model, condition) {
        table.append(
          [.text(name(of: model, condition))]
            + family.measures.map { summary(of: values($0, model: model, condition)) },
          group: title(of: condition))
      }
      table.append(
        [.text("true function")]
          + family.measures.map { measure in
            guard case .metric(let metric) = measure else { return .empty }
            return summary(of: truth(metric, condition))
          }, group: title(of: condition), competes: false)
    }
    return table
  }

  /// By how much models are worse than the true function on the same rows: errors above it, and
  /// concordance and accuracy below it as negative numbers. A group a setting, a row a model.
  public func excessTable(_ family: StudyFamily) -> ResultTable {
    let measures = family.measures.compactMap(\.excess)
    var table = ResultTable(
      caption: family.title + ": excess over the true function, mean (SD) over replications",
      columns: columns(of: measures))
    for condition in conditions(of: family) {
      for model in models where hasCells(of: model, condition) {
        table.append(
          [.text(name(of: model, condition))]
            + measures.map { summary(of: values($0, model: model, condition)) },
          group: title(of: condition))
      }
    }
    return table
  }

  /// The first model minus each other one, paired over replications, with 95 % intervals.
  public func differenceTable(_ family: StudyFamily) -> ResultTable {
    let reference = models.first ?? ""
    var table = ResultTable(
      caption: family.title + ": \(reference) minus the other models, mean ± 95 % interval",
      columns: [ResultTable.Column("\(reference) minus")]
        + family.measures.map { ResultTable.Column($0.title) })
    for condition in conditions(of: family) where hasCells(of: reference, condition) {
      for model in models.dropFirst() where hasCells(of: model, condition) {
        let cells = family.measures.map { measure in
          let difference = difference(measure, to: model, condition)
          return ResultTable.Cell.difference(
            difference.mean, interval: difference.interval, preference: measure.preference,
            decimals: decimals(of: measure))
        }
        table.append([.text(name(of: model, condition))] + cells, group: title(of: condition))
      }
    }
    return table
  }

  /// Every measure of every model and setting, for programs: one table.
  public func fullTable(excess isExcess: Bool = false) -> ResultTable {
    let all = families.flatMap(\.measures)
    var measures: [StudyMeasure] = []
    for measure in isExcess ? all.compactMap(\.excess) : all where !measures.contains(measure) {
      measures.append(measure)
    }
    var table = ResultTable(
      columns: ["setting", "variant", "model", "replications"].map { ResultTable.Column($0) }
        + measures.map { ResultTable.Column($0.name) })
    for condition in conditions {
      for model in models where hasCells(of: model, condition) {
        let known = cells(of: model, condition).compactMap { $0 }
        table.append(
          [
            .text("\(condition.setting)"), .text("\(condition.variant)"), .text(model),
            .text("\(known.count)"),
          ] + measures.map { summary(of: values($0, model: model, condition)) })
      }
    }
    return table
  }

  private func conditions(of family: StudyFamily) -> [StudyCondition] {
    conditions.filter { StudyFamily(setting: $0.setting) == family }
  }

  private func columns(of measures: [StudyMeasure]) -> [ResultTable.Column] {
    [ResultTable.Column("Model")]
      + measures.map {
        ResultTable.Column($0.title, preference: $0.preference, decimals: decimals(of: $0))
      }
  }

  /// Predictors are counted, so their mean needs fewer digits.
  private func decimals(of measure: StudyMeasure) -> Int {
    measure == .truePositives || measure == .keptCount ? 2 : 3
  }

  private func hasCells(of model: String, _ condition: StudyCondition) -> Bool {
    cells(of: model, condition).contains { $0 != nil }
  }

  private func title(of condition: StudyCondition) -> String {
    condition.title + ", " + counted(replications(condition).count, "replication")
  }

  /// With the replications that it has where some are missing.
  private func name(of model: String, _ condition: StudyCondition) -> String {
    let cells = cells(of: model, condition)
    let known = cells.count { $0 != nil }
    return known == cells.count ? model : "\(model) (\(known) of \(cells.count))"
  }

  private func summary(of values: [Double]) -> ResultTable.Cell {
    let known = values.filter(\.isFinite)
    if known.isEmpty { return .empty }
    return .number(
      Statistics.mean(known),
      deviation: known.count > 1 ? Statistics.standardDeviation(known) : nil)
  }
}
