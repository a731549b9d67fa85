import RankineData
import RankineEvaluation
import RankineStudies

/// Metrics as a table for people: a task a row, a column for each metric that some task has.
enum MetricsText {
  /// - Parameters:
  ///   - tasks: names in the order of the rows.
  ///   - width: columns of the terminal.
  static func table(_ metrics: TaskMetrics, tasks: [String], width: Int) -> String {
    let names = MetricName.allCases.filter { name in
      metrics.tasks.values.contains { $0[name] != nil }
    }
    let headings = ["Task", "Type"].map { ResultTable.Column($0) }
    var table = ResultTable(
      columns: headings + [ResultTable.Column("n", decimals: 0)]
        + names.map { ResultTable.Column($0.title) })
    for task in tasks {
      guard let own = metrics.tasks[task] else { continue }
      table.append(
        [.text(task), .text(own.type), .number(Double(own.count))]
          + names.map { name in own[name].map { .number($0) } ?? .empty })
    }
    return table.plainText(width: width)
  }
}
