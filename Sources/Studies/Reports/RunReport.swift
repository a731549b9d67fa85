import RankineData
import RankineEvaluation
import RankineTraining

/// One fit as one HTML file: how it was trained, what it selected, how well it predicts test rows.
///
///     try writeAtomically(RunReport(fit, data: data).html(), to: folder.appending(path: "report.html"))
public struct RunReport: Sendable {
  /// What the report is of.
  public let fit: FittedModel
  /// What it was fitted to; without it there are no calibration figures.
  public let data: Dataset?
  /// What the report calls the model; nil for the declaration's name.
  public let modelName: String?
  /// The command line that made it, or empty.
  public let command: String

  /// A report of a fit.
  public init(
    _ fit: FittedModel, data: Dataset? = nil, modelName: String? = nil, command: String = ""
  ) {
    (self.fit, self.data, self.modelName, self.command) = (fit, data, modelName, command)
  }

  static let pathTitle = "Penalty path"

  /// The whole file.
  public func html() -> String { page.html() }

  /// The page, for those who add to it.
  public var page: HTMLPage {
    let tasks = fit.outcomes.map(\.name).joined(separator: ", ")
    let source = data.map { "\($0.table.name): " } ?? ""
    var sections = [metrics, selection]
    if fit.strengths.count > fit.chosen.count { sections.append(path) }
    if !fit.trials.isEmpty {
      sections.append(
        HTMLPage.Section(
          "Hyperparameters", TrialFigure(fits: [fit.trials], model: modelName ?? fit.name).blocks))
    }
    sections.append(training)
    if let relations { sections.append(relations) }
    if let calibration { sections.append(calibration) }
    sections.append(setup)
    return HTMLPage(
      title: modelName ?? fit.name, subtitle: source + tasks, sections: sections)
  }

  // MARK: Sections

  private var metrics: HTMLPage.Section {
    let present = fit.outcomes.compactMap { fit.metrics.tasks[$0.name] }
    let names = MetricName.allCases.filter { name in present.contains { $0[name] != nil } }
    var table = ResultTable(
      columns: ["Task", "Type"].map { ResultTable.Column($0) }
        + [ResultTable.Column("Rows", decimals: 0)] + names.map { ResultTable.Column($0.title) })
    for outcome in fit.outcomes {
      guard let metrics = fit.metrics.tasks[outcome.name] else { continue }
      table.append(
        [.text(outcome.name), .text(metrics.type), .number(Double(metrics.count))]
          + names.map { metrics[$0].map { .number($0) } ?? .empty })
    }
    let part = fit.parts.map { parts in
      [("test", parts.test), ("validation", parts.validation)].first { !$0.1.isEmpty }?.0
        ?? "training"
    }
    return HTMLPage.Section(
      "Metrics",
      [.paragraph("Measured on the \(part ?? "test") rows of the data."), .table(table)])
  }

  private var selection: HTMLPage.Section {
    let count = fit.selectedFeatures.count
    var blocks: [HTMLPage.Block] = [
      .paragraph(
        "\(count) of \(fit.features.count) features have weights that are not exactly zero. The "
          + "norm is that of a standardized feature's weights in the first layer."),
      .figure(
        BarChart(
          title: "Leading features", valueLabel: "norm of the weights",
          bars: fit.features.prefix(30).map {
            BarChart.Bar($0.name, $0.norm, isHighlighted: $0.isSelected)
          })),
    ]
    var table = ResultTable(
      caption: "Relevance: by how much a task's score moves with a feature, in score units per "
        + "standard deviation.",
      columns: [ResultTable.Column("Feature"), ResultTable.Column("Norm")]
        + fit.outcomes.map { ResultTable.Column($0.name) })
    for feature in fit.features.prefix(15) {
      table.append(
        [.text(feature.name), .number(feature.norm)] + feature.relevance.map { .number($0) })
    }
    blocks.append(.table(table))
    let names = fit.selectedFeatures.map(\.name).joined(separator: ", ")
    blocks.append(
      .paragraph(
        names.isEmpty ? "No feature was kept." : "All features that were kept, by norm: \(names)."))
    if fit.hasOwnEncoders {
      blocks.append(
        .list(
          fit.outcomes.indices.map { task in
            let own = fit.ownFeatures(of: task).map(\.name).joined(separator: ", ")
            return "\(fit.outcomes[task].name), features that its own encoder keeps, by norm: "
              + (own.isEmpty ? "none" : own) + "."
          }))
    }
    return HTMLPage.Section("Selected features", blocks)
  }

  private var path: HTMLPage.Section {
    let series = fit.paths.map { path in
      let strengths = path.points.map(\.strength)
      return (
        LineChart.Series(path.name, x: strengths, y: path.points.map(\.concordance)),
        LineChart.Series(path.name, x: strengths, y: path.points.map(\.featureCount))
      )
    }
    return HTMLPage.Section(
      Self.pathTitle,
      [
        .figure(
          LineChart(
            title: "Concordance along the path", xLabel: "λ",
            yLabel: "validation concordance, mean over tasks", series: series.map(\.0),
            xScale: .logarithmic)),
        .figure(
          LineChart(
            title: "Features along the path", xLabel: "λ", yLabel: "features kept",
            series: series.map(\.1), xScale: .logarithmic)),
        .list(fit.chosen.map(choiceText)),
      ])
  }

  private var training: HTMLPage.Section {
    let losses = fit.chosen.map { chosen in
      let epochs = fit.epochs(of: chosen)
      return LineChart.Series(
        chosen.task ?? "all tasks", x: epochs.map { Double($0.epoch) }, y: epochs.map(\.loss))
    }
    let scores = fit.chosen.flatMap { chosen in
      let epochs = fit.epochs(of: chosen)
      let tasks = fit.tasks(ofNetwork: chosen.task, count: chosen.concordance.count)
      return tasks.enumerated().map { position, task in
        // Networks of all tasks are told apart by their names.
        LineChart.Series(
          tasks.count > 1 ? (chosen.task.map { "\($0), " } ?? "") + task : chosen.task ?? task,
          x: epochs.map { Double($0.epoch) },
          y: epochs.map {
            $0.concordance.indices.contains(position) ? $0.concordance[position] ?? .nan : .nan
          })
      }
    }
    let loss = LineChart(
      title: "Loss of the kept fit", xLabel: "epoch", yLabel: "training loss", series: losses)
    let validation = LineChart(
      title: "Validation of the kept fit", xLabel: "epoch", yLabel: "concordance", series: scores)
    // A fit to all rows, after folds have chosen its strength, has no rows to be judged by.
    let isJudged = scores.contains { series in series.y.contains { $0.isFinite } }
    return HTMLPage.Section(
      "Training", [.figure(loss)] + (isJudged ? [.figure(validation)] : []))
  }

  /// How alike the tasks are: in the order of their scores and in the features that move them.
  private var relations: HTMLPage.Section? {
    guard let test = fit.testPredictions, test.predictions.tasks.count > 1 else { return nil }
    let tasks = test.predictions.tasks
    let relevance = tasks.indices.map { task in fit.features.map { $0.relevance[task] } }
    func table(_ caption: String, _ value: (Int, Int) -> Double?) -> ResultTable {
      var table = ResultTable(
        caption: caption,
        columns: [ResultTable.Column("Task")] + tasks.map { ResultTable.Column($0.name) })
      for row in tasks.indices {
        table.append(
          [.text(tasks[row].name)]
            + tasks.indices.map { column in
              column < row ? value(row, column).map { .number($0) } ?? .empty : .empty
            })
      }
      return table
    }
    return HTMLPage.Section(
      "Task relations",
      [
        .table(
          table("Kendall's rank correlation of the tasks' scores.") {
            kendallTau(scores: tasks[$0].scores, values: tasks[$1].scores)
          }),
        .table(
          table("Cosine of the tasks' relevance of features: 1 where the same ones matter alike.") {
            cosine(relevance[$0], relevance[$1])
          }),
      ])
  }

  private func cosine(_ a: [Double], _ b: [Double]) -> Double? {
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let size = (product(a, a) * product(b, b)).squareRoot()
    return size > 0 ? product(a, b) / size : nil
  }

  private var calibration: HTMLPage.Section? {
    guard let data, let test = fit.testPredictions else { return nil }
    let figures = test.predictions.tasks.enumerated().compactMap { position, task in
      data.outcomes.first { $0.name == task.name }.map { outcome in
        CalibrationFigure(
          task: task.name, calibration: fit.calibrations[position], scale: outcome.scale,
          scores: task.scores, values: test.rows.map { outcome.values[$0] },
          events: outcome.event.map { events in test.rows.map { events[$0] } })
      }
    }
    return HTMLPage.Section(
      "Calibration", figures.map { .figure($0.plot, caption: $0.caption) })
  }

  private var setup: HTMLPage.Section {
    var facts: [(name: String, value: String)] = []
    if let data {
      facts += [
        (name: "Rows", value: "\(data.rowCount)"),
        (name: "Predictors", value: "\(data.featureColumns.count)"),
      ]
    }
    if let parts = fit.parts {
      let sizes = [parts.training, parts.validation, parts.test].map { "\($0.count)" }
      facts.append((name: "Training / validation / test", sizes.joined(separator: " / ")))
    }
    facts += [
      (name: "Features", value: "\(fit.features.count)"),
      (name: "Standardization", value: fit.preprocessor.standardization.rawValue),
      (name: "Seed", value: "\(fit.seed)"), (name: "Rankine", value: fit.version),
    ]
    facts += (fit.settings + fit.findings).map { (name: $0.name, value: $0.value) }
    var blocks: [HTMLPage.Block] = [
      .facts(facts), .facts(optionFacts(fit.options)), .code(fit.declaration),
    ]
    let warnings = fit.preprocessor.warnings + fit.warnings
    if !warnings.isEmpty { blocks.append(.list(warnings)) }
    if !command.isEmpty { blocks.append(.code(command)) }
    return HTMLPage.Section("Setup", blocks)
  }

  // MARK: Parts

  private func choiceText(_ chosen: StrengthRecord) -> String {
    let kept = "\(chosen.nonzeroCount) features, epoch \(chosen.bestEpoch)"
    let strength = "λ = \(decimalText(chosen.strength, digits: 5))"
    let stage = chosen.stage == "adaptive" ? "on the second path, " : ""
    return "\(chosen.task.map { $0 + ": " } ?? "")kept \(stage)\(strength): \(kept)"
  }
}
