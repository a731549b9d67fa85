import RankineEvaluation
import RankineSparse

extension SparseStudyFindings {
  /// One a measure: a panel for each group of points, a curve for each method; none for a design without
  /// an axis.
  var figures: [PlotGrid] {
    let panels = points.compactMap { labels[$0].place?.panel }.reduce(into: [String]()) {
      if $0.last != $1 { $0.append($1) }
    }
    guard !panels.isEmpty else { return [] }
    return measures.map { measure in
      PlotGrid(
        title: "\(name): \(measure)", plots: panels.map { chart(measure, $0) }, columnCount: 3)
    }
  }

  private func chart(_ measure: String, _ panel: String) -> LineChart {
    let own = points.compactMap { point in
      labels[point].place.flatMap { $0.panel == panel ? (point: point, at: $0.position) : nil }
    }.sorted { $0.at < $1.at }
    return LineChart(
      title: panel, xLabel: axis, yLabel: measure,
      series: methods.map { method in
        LineChart.Series(
          method, x: own.map(\.at),
          y: own.map { Statistics.mean(values(measure, of: method, at: $0.point)) })
      })
  }

  /// Figures and tables on one page.
  func report(command: String) -> HTMLPage {
    var sections: [HTMLPage.Section] = []
    if !command.isEmpty { sections.append(HTMLPage.Section("Command", [.code(command)])) }
    if !figures.isEmpty {
      sections.append(
        HTMLPage.Section("Figures", figures.map { .figure($0, caption: $0.title) }))
    }
    sections.append(HTMLPage.Section("Table", [.table(table)]))
    return HTMLPage(
      title: "Study: \(name)",
      subtitle: "\(summary); \(counted(replicationCount, "replication"))", sections: sections)
  }
}
