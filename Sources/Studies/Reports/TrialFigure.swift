import RankineEvaluation
import RankineTraining

/// What became of a grid of hyperparameters, over one or more fits: a table, and a curve where one
/// hyperparameter is a number.
struct TrialFigure {
  /// For each fit its trials, all of the same grid.
  let fits: [[HyperparameterTrial]]
  let model: String

  var blocks: [HTMLPage.Block] {
    guard let first = fits.first, let names = first.first?.settings.map(\.name) else { return [] }
    var table = ResultTable(
      caption: "\(model): validation concordance, mean (SD) over fits, and how often it was best.",
      columns: names.map { ResultTable.Column($0) }
        + [ResultTable.Column("Concordance"), ResultTable.Column("Chosen", decimals: 0)])
    for place in first.indices {
      let values = fits.map { $0[place].concordance }
      table.append(
        first[place].settings.map { .text($0.value) } + [
          .number(
            Statistics.mean(values),
            deviation: values.count > 1 ? Statistics.standardDeviation(values) : nil),
          .number(Double(fits.count { $0[place].isChosen })),
        ])
    }
    return [.table(table)] + curve(first, names)
  }

  /// Numbers from left to right; what is no number has no place on the axis.
  private func curve(_ first: [HyperparameterTrial], _ names: [String]) -> [HTMLPage.Block] {
    guard names.count == 1 else { return [] }
    let points = first.indices.compactMap { place in
      Double(first[place].settings[0].value).map { value in
        (value, Statistics.mean(fits.map { $0[place].concordance }))
      }
    }.sorted { $0.0 < $1.0 }
    guard points.count > 1 else { return [] }
    let isLogarithmic = points.allSatisfy { $0.0 > 0 }
    return [
      .figure(
        LineChart(
          title: "\(model): \(names[0])", xLabel: names[0], yLabel: "validation concordance",
          series: [LineChart.Series(model, x: points.map(\.0), y: points.map(\.1))],
          xScale: isLogarithmic ? .logarithmic : .linear))
    ]
  }
}
