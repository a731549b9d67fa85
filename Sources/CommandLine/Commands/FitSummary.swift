import RankineData
import RankineEvaluation
import RankineStudies
import RankineTraining

/// What a fit came to, for people and for other programs.
struct FitSummary {
  let fit: FittedModel
  let data: Dataset
  /// As the user types it.
  let modelName: String
  /// The run directory.
  let path: String

  /// Selected features that are named; the others are in `selected.csv`.
  private static let shownFeatures = 10

  func text(width: Int) -> String {
    let sections = [
      heading, tasks(width: width), trials(width: width), paths(width: width), strengths, findings,
      features,
      "Metrics on \(measured.count) \(measured.part) rows:\n\n"
        + MetricsText.table(fit.metrics, tasks: fit.taskNames, width: width),
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n") + "\nWrote \(path)\n"
  }

  private var heading: String {
    let counts = [
      ("training", fit.parts?.training.count), ("validation", fit.parts?.validation.count),
      ("test", fit.parts?.test.count),
    ].map { "\($0.1 ?? 0) \($0.0)" }.joined(separator: ", ")
    return "\(modelName) on \(data.table.name): \(data.rowCount) rows (\(counts)), "
      + Self.count(fit.features.count, "feature") + "\n"
  }

  private func tasks(width: Int) -> String {
    var table = ResultTable(
      columns: [.init("Task"), .init("Type"), .init("Observed rows", decimals: 0)])
    for outcome in data.outcomes {
      table.append([
        .text(outcome.name), .text(type(of: outcome.type).name),
        .number(Double(outcome.observedRows.count)),
      ])
    }
    return table.plainText(width: width)
  }

  /// How each combination of a grid did.
  private func trials(width: Int) -> String {
    guard let names = fit.trials.first?.settings.map(\.name) else { return "" }
    var table = ResultTable(
      columns: names.map { .init($0) } + [.init("Validation concordance"), .init("Chosen")])
    for trial in fit.trials {
      table.append(
        trial.settings.map { .text($0.value) }
          + [.number(trial.concordance), .text(trial.isChosen ? "*" : "")])
    }
    return table.plainText(width: width)
  }

  /// Concordance and features kept at each strength of the first path, where there is one.
  private func paths(width: Int) -> String {
    guard fit.chosen.count == 1, let path = fit.paths.first, path.points.count > 1 else {
      return ""
    }
    var table = ResultTable(
      columns: [.init("λ", decimals: 4), .init("Concordance"), .init("Features", decimals: 0)])
    for point in path.points {
      table.append([
        .number(point.strength), .number(point.concordance), .number(point.featureCount),
      ])
    }
    return table.plainText(width: width)
  }

  /// A line for each network: one, or one a task.
  private var strengths: String {
    let lines = fit.chosen.map { record in
      let owner = record.task.map { "\($0): " } ?? ""
      // A solved model has no epochs.
      let epoch = record.bestEpoch > 0 ? ", epoch \(record.bestEpoch)" : ""
      return "\(owner)λ = \(Self.short(record.strength))\(epoch)"
    }
    return lines.joined(separator: "\n") + " (\(Self.count(fit.strengths.count, "fit")))"
  }

  /// What a solver says of its solution.
  private var findings: String {
    fit.findings.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
  }

  private var features: String {
    var lines = ["selected" + kept(fit.selectedFeatures)]
    if fit.hasOwnEncoders {
      lines += fit.outcomes.indices.map { task in
        "\(fit.outcomes[task].name), its own encoder:" + kept(fit.ownFeatures(of: task))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// ` 2 of 5 features: x1, x2`.
  private func kept(_ features: [FeatureImportance]) -> String {
    let shown = features.prefix(Self.shownFeatures).map(\.name).joined(separator: ", ")
    let rest = features.count > Self.shownFeatures ? ", …" : ""
    return " \(features.count) of \(Self.count(fit.features.count, "feature"))"
      + (features.isEmpty ? "" : ": " + shown + rest)
  }

  /// The rows that the metrics are about: the test rows, where there are any.
  private var measured: (part: String, count: Int) {
    guard let parts = fit.parts else { return ("test", 0) }
    return [
      ("test", parts.test.count), ("validation", parts.validation.count),
      ("training", parts.training.count),
    ].first { $0.1 > 0 } ?? ("test", 0)
  }

  /// `1 fit`, `2 fits`.
  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Four significant digits.
  private static func short(_ value: Double) -> String {
    value.formatted(.number.precision(.significantDigits(1...4)).grouping(.never))
  }
}

extension FitSummary: Encodable {
  private enum CodingKeys: String, CodingKey {
    case run, model, rows, features, selected, strengths, measured, tasks
  }

  /// `{"run", "model", "rows", "features", "selected": [NAME…], "strengths": […], "measured":
  /// "test", "tasks": as in metrics.json}`.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(path, forKey: .run)
    try container.encode(modelName, forKey: .model)
    try container.encode(data.rowCount, forKey: .rows)
    try container.encode(fit.features.count, forKey: .features)
    try container.encode(fit.selectedFeatures.map(\.name), forKey: .selected)
    try container.encode(fit.chosen.map(\.strength), forKey: .strengths)
    try container.encode(measured.part, forKey: .measured)
    try container.encode(fit.metrics.tasks, forKey: .tasks)
  }
}
