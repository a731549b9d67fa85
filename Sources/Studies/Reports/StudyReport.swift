import Foundation
import RankineEvaluation

/// A simulation study as one HTML file.
public struct StudyReport: Sendable {
  /// What the report is of.
  public let findings: StudyFindings
  /// The command line that made it, or empty.
  public let command: String

  /// A report of findings.
  public init(_ findings: StudyFindings, command: String = "") {
    (self.findings, self.command) = (findings, command)
  }

  /// The whole file.
  public func html() -> String { page.html() }

  /// The page, for those who add to it.
  public var page: HTMLPage {
    var sections = [results]
    if findings.models.count > 1 { sections.append(differences) }
    sections += [excess, selection, strengths]
    let trials = findings.models.flatMap { model in
      TrialFigure(
        fits: findings.records.filter { $0.cell.model == model }.compactMap(\.trials), model: model
      ).blocks
    }
    if !trials.isEmpty { sections.append(HTMLPage.Section("Hyperparameters", trials)) }
    sections += [time, setup]
    if !findings.failures.isEmpty { sections.append(failures) }
    return HTMLPage(
      title: "Simulation study", subtitle: findings.models.joined(separator: ", "),
      sections: sections)
  }

  private var results: HTMLPage.Section {
    HTMLPage.Section(
      "Result",
      [.paragraph(findings.headlineText), .paragraph(StudyFindings.tableNote)]
        + findings.families.map { .table(findings.table($0)) })
  }

  private var excess: HTMLPage.Section {
    HTMLPage.Section(
      "Excess over the true function",
      [.paragraph(StudyFindings.excessNote)]
        + findings.families.map { .table(findings.excessTable($0)) })
  }

  private var differences: HTMLPage.Section {
    let reference = findings.models[0]
    let plots = findings.conditions.map { condition -> HTMLPage.Block in
      let own = findings.values(.metric(.concordance), model: reference, condition)
      return .figure(
        BoxPlot(
          title: "\(condition.title): \(reference) minus the other models",
          valueLabel: "difference in concordance",
          groups: findings.models.dropFirst().map { model in
            let others = findings.values(.metric(.concordance), model: model, condition)
            return BoxPlot.Group(model, zip(own, others).map { $0 - $1 })
          }, includesZero: true))
    }
    return HTMLPage.Section(
      "Paired differences",
      [.paragraph(StudyFindings.differenceNote)]
        + findings.families.map { .table(findings.differenceTable($0)) } + plots)
  }

  private var selection: HTMLPage.Section {
    let plots = findings.conditions.map { condition -> HTMLPage.Block in
      .figure(
        LineChart(
          title: condition.title, xLabel: "important predictor",
          yLabel: "share of replications that rank it first",
          series: findings.models.compactMap { model in
            let shares = findings.cells(of: model, condition).compactMap { $0?.recovery.shares }
            guard let width = shares.map(\.count).min(), width > 0 else { return nil }
            return LineChart.Series(
              model, x: (1...width).map(Double.init),
              y: (0..<width).map { place in Statistics.mean(shares.map { $0[place] }) })
          }))
    }
    return HTMLPage.Section(
      "Important predictors",
      [
        .paragraph(
          "How often each important predictor is among the first by norm, as many as there are "
            + "important ones; ties in expectation.")
      ] + plots)
  }

  private var strengths: HTMLPage.Section {
    let plots = findings.conditions.map { condition -> HTMLPage.Block in
      .figure(
        BoxPlot(
          title: condition.title, valueLabel: "log₁₀ λ",
          groups: findings.models.map { model in
            let chosen = findings.cells(of: model, condition).flatMap { $0?.strengths ?? [] }
            return BoxPlot.Group(
              model, chosen.map(\.strength).filter { $0 > 0 }.map { log10($0) })
          }))
    }
    return HTMLPage.Section(
      "Strengths that validation chose",
      [.paragraph("Losses differ in scale, and strengths with them.")] + plots)
  }

  private var time: HTMLPage.Section {
    HTMLPage.Section(
      "Time",
      [
        .figure(
          BoxPlot(
            title: "Seconds a fit", valueLabel: "seconds",
            groups: findings.models.map { BoxPlot.Group($0, findings.seconds(of: $0)) },
            includesZero: true),
          caption: "A fit is a whole path of strengths, with calibration and metrics.")
      ])
  }

  private var setup: HTMLPage.Section {
    guard let setup = findings.setup else { return HTMLPage.Section("Setup") }
    let simulation = setup.simulation
    let facts = [
      ("Rows", "\(simulation.rowCount)"), ("Predictors", "\(simulation.predictorCount)"),
      ("Important", "\(simulation.importantCount)"), ("Errors", simulation.errors.rawValue),
      ("Labels flipped", "\(simulation.flipProbability)"), ("Seed", "\(simulation.seed)"),
      ("Rankine", setup.version),
    ]
    var blocks: [HTMLPage.Block] = [
      .facts(facts.map { (name: $0.0, value: $0.1) }), .facts(optionFacts(setup.options)),
    ]
    for model in StudySummary(findings).models where !model.settings.isEmpty {
      let settings = model.settings.map { "\($0.name)=\($0.value)" }.joined(separator: "  ")
      blocks.append(.paragraph("\(model.name): \(settings)"))
    }
    if !command.isEmpty { blocks.append(.code(command)) }
    return HTMLPage.Section("Setup", blocks)
  }

  private var failures: HTMLPage.Section {
    HTMLPage.Section(
      "Not fitted",
      [.list(findings.failures.map { "\($0.cell.fileName): \($0.message)" })])
  }
}
