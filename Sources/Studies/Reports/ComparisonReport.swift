import RankineEvaluation

/// A comparison as one HTML file.
public struct ComparisonReport: Sendable {
  /// What the report is of.
  public let result: ComparisonFindings
  /// The command line that made it, or empty.
  public let command: String

  /// A report of a result.
  public init(_ result: ComparisonFindings, command: String = "") {
    (self.result, self.command) = (result, command)
  }

  /// The whole file.
  public func html() -> String { page.html() }

  /// The page, for those who add to it.
  public var page: HTMLPage {
    let plan = result.plan
    let names = plan.models.map(\.name).joined(separator: ", ")
    var sections = [summary, metrics]
    if plan.models.count > 1 { sections.append(differences) }
    sections.append(predictors)
    let trials = plan.models.flatMap { model in
      TrialFigure(fits: result.cells(of: model.name).compactMap(\.trials), model: model.name).blocks
    }
    if !trials.isEmpty { sections.append(HTMLPage.Section("Hyperparameters", trials)) }
    sections += [training, setup]
    if !result.failures.isEmpty { sections.append(failures) }
    return HTMLPage(
      title: "Comparison on \(plan.dataName)", subtitle: names, sections: sections)
  }

  private var summary: HTMLPage.Section {
    HTMLPage.Section(
      "Result",
      [
        .paragraph(result.headlineText),
        .paragraph(
          "Test rows, mean (standard deviation) over splits. The best model of a task is marked."),
        .table(result.table(ComparisonFindings.headline)),
      ])
  }

  private var metrics: HTMLPage.Section {
    let plots = result.plan.tasks.map { task -> HTMLPage.Block in
      .figure(
        BoxPlot(
          title: "\(task.name) (\(task.type))", valueLabel: "test concordance",
          groups: result.plan.models.map {
            BoxPlot.Group(
              $0.name, result.values(.concordance, model: $0.name, task: task.name))
          }))
    }
    return HTMLPage.Section("Spread over splits", plots)
  }

  private var differences: HTMLPage.Section {
    let reference = result.plan.models.first?.name ?? ""
    var blocks: [HTMLPage.Block] = [
      .paragraph("Paired over splits. " + ComparisonFindings.differenceNote),
      .table(result.differenceTable),
    ]
    for model in result.plan.models.dropFirst() {
      let groups = result.plan.tasks.map { task in
        BoxPlot.Group(
          task.name,
          zip(
            result.values(.concordance, model: reference, task: task.name),
            result.values(.concordance, model: model.name, task: task.name)
          ).map { $0 - $1 })
      }
      blocks.append(
        .figure(
          BoxPlot(
            title: "\(reference) minus \(model.name)", valueLabel: "difference in concordance",
            groups: groups, includesZero: true)))
    }
    return HTMLPage.Section("Paired differences", blocks)
  }

  private var predictors: HTMLPage.Section {
    var blocks: [HTMLPage.Block] = [
      .paragraph(ComparisonFindings.predictorNote), .table(result.predictorTable(limit: 20)),
    ]
    let all = result.predictors
    for model in result.plan.models {
      let own = all.filter { $0.model == model.name }
      // Where every split keeps everything, bars of one length say nothing.
      guard own.contains(where: { $0.selectedCount < $0.splitCount }) else { continue }
      let steadiest = own.enumerated().sorted {
        ($1.element.frequency, $0.offset) < ($0.element.frequency, $1.offset)
      }.prefix(25).map(\.element)
      blocks.append(
        .figure(
          BarChart(
            title: "\(model.name): how often features are kept", valueLabel: "share of splits",
            bars: steadiest.map {
              BarChart.Bar($0.feature, $0.frequency, isHighlighted: $0.frequency >= 0.5)
            })))
    }
    return HTMLPage.Section("Selected features", blocks)
  }

  private var training: HTMLPage.Section {
    let first = result.cells.filter { $0.split == 1 }
    let series = first.flatMap { cell in
      cell.curves.map { curve in
        LineChart.Series(
          curve.task.map { "\(cell.model), \($0)" } ?? cell.model,
          x: curve.concordance.indices.map { Double($0 + 1) }, y: curve.concordance)
      }
    }
    return HTMLPage.Section(
      "Training",
      [
        .figure(
          LineChart(
            title: "The first split's kept fits", xLabel: "epoch",
            yLabel: "validation concordance, mean over tasks", series: series),
          caption: "A fit stops when its validation concordance has not risen for a while; the "
            + "best epoch's weights are kept.")
      ])
  }

  private var setup: HTMLPage.Section {
    let plan = result.plan
    var facts = [
      ("Rows", "\(plan.rowCount)"), ("Predictors", "\(plan.predictors.count)"),
      ("Standardization", plan.standardization.rawValue),
      ("Splits", "\(plan.splitCount) of \(plan.splitText)"), ("Seed", "\(plan.seed)"),
      ("Rankine", plan.version),
    ]
    facts += plan.tasks.map { ("Task \($0.name)", "\($0.type), \($0.observedCount) rows") }
    var blocks: [HTMLPage.Block] = [.facts(facts.map { (name: $0.0, value: $0.1) })]
    blocks.append(.facts(optionFacts(plan.options)))
    for model in plan.models where !model.settings.isEmpty {
      let settings = model.settings.map { "\($0.name)=\($0.value)" }.joined(separator: "  ")
      blocks.append(.paragraph("\(model.name): \(settings)"))
    }
    if !command.isEmpty { blocks.append(.code(command)) }
    return HTMLPage.Section("Setup", blocks)
  }

  private var failures: HTMLPage.Section {
    HTMLPage.Section(
      "Not fitted",
      [.list(result.failures.map { "\($0.model), split \($0.split): \($0.message)" })])
  }
}
