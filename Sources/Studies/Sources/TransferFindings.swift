import Foundation
import RankineData
import RankineEvaluation
import RankineSupport

/// The errors of a new task by method and number of rows.
public struct TransferFindings: Sendable {
  let records: [TransferRecord]

  init(_ records: [TransferRecord]) {
    self.records = records.sorted {
      ($0.cell.scenario, $0.cell.replication) < ($1.cell.scenario, $1.cell.replication)
    }
  }

  public var scenarios: [SourceSimulation.Scenario] { Set(records.map(\.cell.scenario)).sorted() }
  /// How many rows the new task had.
  public var rowCounts: [Int] { records.first?.setup.rowCounts ?? [] }

  /// MSE / Var(Y) of a method's test rows, one number a replication.
  ///
  /// - Precondition: `rowCount` is one of `rowCounts`.
  public func errors(
    of method: TransferMethod, _ scenario: SourceSimulation.Scenario, rowCount: Int
  ) -> [Double] {
    guard let row = TransferMethod.allCases.firstIndex(of: method),
      let column = rowCounts.firstIndex(of: rowCount)
    else { return [] }
    return records.filter { $0.cell.scenario == scenario }.map { $0.errors[row][column] }
  }

  // MARK: Tables

  /// Mean errors, a group a scenario and a column a number of rows.
  public var table: ResultTable {
    var table = ResultTable(
      caption: "MSE / Var(Y) of the new task by its number of rows: mean (SD) over replications",
      columns: columns("Method", preference: .smaller))
    for scenario in scenarios {
      for method in TransferMethod.allCases {
        table.append(
          [.text(method.rawValue)]
            + rowCounts.map { count in
              let values = errors(of: method, scenario, rowCount: count)
              return .number(
                Statistics.mean(values),
                deviation: values.count > 1 ? Statistics.standardDeviation(values) : nil)
            }, group: scenario.title)
      }
    }
    return table
  }

  /// The transferred encoder minus each other method, paired over replications, with 95 % intervals.
  public var differenceTable: ResultTable {
    var table = ResultTable(
      caption: "transfer minus the other methods, mean ± 95 % interval",
      columns: columns("transfer minus", preference: .none))
    for scenario in scenarios {
      for method in TransferMethod.allCases.dropFirst() {
        table.append(
          [.text(method.rawValue)]
            + rowCounts.map { count in
              let difference = PairedDifference(
                errors(of: .transfer, scenario, rowCount: count),
                minus: errors(of: method, scenario, rowCount: count))
              return .difference(
                difference.mean, interval: difference.interval, preference: .smaller)
            }, group: scenario.title)
      }
    }
    return table
  }

  private func columns(
    _ first: String, preference: ResultTable.Column.Preference
  ) -> [ResultTable.Column] {
    [ResultTable.Column(first)]
      + rowCounts.map { ResultTable.Column("n = \($0)", preference: preference) }
  }

  // MARK: Figures and files

  /// Mean errors against the number of rows, a curve a method.
  public func chart(of scenario: SourceSimulation.Scenario) -> LineChart {
    LineChart(
      title: "A new task, scenario \(scenario.title)", xLabel: "rows of the new task",
      yLabel: "MSE / Var(Y)",
      series: TransferMethod.allCases.map { method in
        LineChart.Series(
          method.rawValue, x: rowCounts.map(Double.init),
          y: rowCounts.map { Statistics.mean(errors(of: method, scenario, rowCount: $0)) })
      })
  }

  /// The tables as `rankine study --design transfer` prints them.
  public func text(width: Int = 100) -> String {
    [
      table.plainText(width: width),
      wrapped(
        "Paired over replications, with Student's interval: * where it leaves out zero in favour of "
          + "transfer, o where in favour of the other one.", width: width),
      differenceTable.plainText(width: width),
    ].joined(separator: "\n")
  }

  /// The files that `write(to:)` makes.
  public var fileNames: [String] {
    ["table.txt", "table.md", "table.csv"] + scenarios.map { "transfer-\($0.rawValue).svg" }
  }

  /// Writes tables and figures, each whole or not at all.
  ///
  /// - Throws: `FileError` (`cannot-write`).
  public func write(to folder: URL) throws {
    func put(_ text: String, _ name: String) throws {
      try writeAtomically(text, to: folder.appendingPathComponent(name))
    }
    try put(text(), "table.txt")
    try put(table.markdown() + "\n" + differenceTable.markdown(), "table.md")
    try put(table.csv(), "table.csv")
    for scenario in scenarios {
      try put(chart(of: scenario).svg(), "transfer-\(scenario.rawValue).svg")
    }
  }
}
