import Foundation
import RankineData
import RankineEvaluation
import RankineSupport

/// The cells of a study of sources and what they say about the models.
public struct SourceFindings: Sendable {
  /// By scenario, model and replication.
  public let records: [SourceCellRecord]
  /// The first is the one that the others are held against.
  public let models: [String]
  /// What went wrong with cells that could not be made.
  public let failures: [String]
  private let byCell: [SourceCell: SourceCellRecord]

  init(_ records: [SourceCellRecord], models: [String], failures: [String]) {
    let order = Dictionary(uniqueKeysWithValues: models.enumerated().map { ($1, $0) })
    func place(_ cell: SourceCell) -> (SourceSimulation.Scenario, Int, Int) {
      (cell.scenario, order[cell.model] ?? models.count, cell.replication)
    }
    self.records = records.sorted { place($0.cell) < place($1.cell) }
    self.failures = failures
    self.models = models
    byCell = Dictionary(records.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public var scenarios: [SourceSimulation.Scenario] { Set(records.map(\.cell.scenario)).sorted() }

  /// The replications that any model has of a scenario, ascending.
  func replications(_ scenario: SourceSimulation.Scenario) -> [Int] {
    Set(records.filter { $0.cell.scenario == scenario }.map(\.cell.replication)).sorted()
  }

  /// The mean over tasks of a model's errors, one number a replication; NaN where it is missing.
  public func errors(of model: String, _ scenario: SourceSimulation.Scenario) -> [Double] {
    cells(of: model, scenario).map { $0?.error ?? .nan }
  }

  func cells(
    of model: String, _ scenario: SourceSimulation.Scenario
  ) -> [SourceCellRecord?] {
    replications(scenario).map {
      byCell[SourceCell(scenario: scenario, replication: $0, model: model)]
    }
  }

  /// The first model's error minus another one's, paired over replications.
  public func difference(
    to model: String, _ scenario: SourceSimulation.Scenario
  ) -> PairedDifference {
    PairedDifference(errors(of: models[0], scenario), minus: errors(of: model, scenario))
  }

  /// What to tell whoever asked for all cells when some could not be made; nil when none failed.
  public var failure: StudyError? {
    failures.first.map {
      StudyError(
        "cells-failed", in: "the study", "\(failures.count) of the fits failed; \($0)",
        hint: records.isEmpty ? nil : "the tables are of the others")
    }
  }

  // MARK: Tables

  /// Mean error of each model, a column a scenario.
  public var table: ResultTable {
    var table = ResultTable(
      caption: "MSE / Var(Y) of test rows, mean over tasks: mean (SD) over replications",
      columns: [ResultTable.Column("Model")]
        + scenarios.map { ResultTable.Column($0.rawValue, preference: .smaller) })
    for model in models {
      table.append([.text(model)] + scenarios.map { summary(errors(of: model, $0)) })
    }
    table.append(
      [.text("true function")]
        + scenarios.map { scenario in
          summary(
            replications(scenario).map { replication in
              let known = models.lazy.compactMap {
                byCell[SourceCell(scenario: scenario, replication: replication, model: $0)]
              }.first
              return known.map { Statistics.mean($0.truth) } ?? .nan
            })
        }, competes: false)
    return table
  }

  /// The first model minus each other one, paired over replications, with 95 % intervals.
  public var differenceTable: ResultTable {
    var table = ResultTable(
      caption: "\(models[0]) minus the other models, mean ± 95 % interval",
      columns: [ResultTable.Column("\(models[0]) minus")]
        + scenarios.map { ResultTable.Column($0.rawValue) })
    for model in models.dropFirst() {
      table.append(
        [.text(model)]
          + scenarios.map { scenario in
            let difference = difference(to: model, scenario)
            return .difference(
              difference.mean, interval: difference.interval, preference: .smaller)
          })
    }
    return table
  }

  /// The error of each task, a group a scenario.
  public var taskTable: ResultTable {
    let count = records.map(\.errors.count).max() ?? 0
    var table = ResultTable(
      caption: "MSE / Var(Y) of test rows by task: mean over replications",
      columns: [ResultTable.Column("Model")]
        + (0..<count).map { ResultTable.Column("task \($0 + 1)", preference: .smaller) })
    for scenario in scenarios {
      for model in models {
        let cells = cells(of: model, scenario).compactMap { $0 }
        guard !cells.isEmpty else { continue }
        table.append(
          [.text(model)]
            + (0..<count).map { task in
              .number(Statistics.mean(cells.map { $0.errors[task] }))
            }, group: scenario.title)
      }
    }
    return table
  }

  private func summary(_ values: [Double]) -> ResultTable.Cell {
    let known = values.filter(\.isFinite)
    guard !known.isEmpty else { return .empty }
    return .number(
      Statistics.mean(known),
      deviation: known.count > 1 ? Statistics.standardDeviation(known) : nil)
  }

  // MARK: Files

  /// The tables as `rankine study --design sources` prints them.
  public func text(width: Int = 100) -> String {
    let scenarios = scenarios.map(\.title).joined(separator: "; ")
    var parts = [
      wrapped(
        "\(counted(models.count, "model")), \(counted(records.count, "fit")). Scenarios: "
          + "\(scenarios).", width: width)
    ]
    parts += [table.plainText(width: width)]
    if models.count > 1 {
      parts.append(
        wrapped(
          "Paired over replications, with Student's interval: * where it leaves out zero in favour of "
            + "\(models[0]), o where in favour of the other one.", width: width))
      parts.append(differenceTable.plainText(width: width))
    }
    if !expectations.isEmpty {
      parts.append(
        wrapped(
          "Orders that the scenarios are made to show: one holds where the whole interval says so, fails "
            + "where none of it does, and is open else.", width: width))
      parts.append(expectationTable.plainText(width: width))
    }
    if let distanceTable { parts.append(distanceTable.plainText(width: width)) }
    parts.append(taskTable.plainText(width: width))
    if !failures.isEmpty {
      parts.append("Not fitted:\n" + failures.map { $0 + "\n" }.joined())
    }
    return parts.joined(separator: "\n")
  }

  /// The files that `write(to:)` makes.
  public static let fileNames: [String] = ["table.txt", "table.md", "table.tex", "errors.csv"]

  /// Writes the tables, each whole or not at all.
  ///
  /// - Throws: `FileError` (`cannot-write`).
  public func write(to folder: URL) throws {
    let tables =
      [table] + (models.count > 1 ? [differenceTable] : [])
      + (expectations.isEmpty ? [] : [expectationTable])
      + [distanceTable, taskTable].compactMap { $0 }
    let files = [
      "table.txt": text(), "table.md": tables.map { $0.markdown() }.joined(separator: "\n"),
      "table.tex": tables.map { $0.latex() }.joined(separator: "\n"),
      "errors.csv": cellTable.csv(),
    ]
    for name in Self.fileNames {
      if let text = files[name] {
        try writeAtomically(text, to: folder.appendingPathComponent(name))
      }
    }
  }

  /// Every cell and task, for programs.
  private var cellTable: ResultTable {
    var table = ResultTable(
      columns: ["scenario", "model", "replication", "task", "error", "concordance"].map {
        ResultTable.Column($0)
      })
    for scenario in scenarios {
      for model in models {
        for cell in cells(of: model, scenario).compactMap({ $0 }) {
          for (task, error) in cell.errors.enumerated() {
            table.append([
              .text(scenario.rawValue), .text(model), .text("\(cell.cell.replication)"),
              .text("\(task + 1)"), .number(error), .number(cell.concordance[task]),
            ])
          }
        }
      }
    }
    return table
  }
}
