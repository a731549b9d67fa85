import RankineEvaluation

/// How far the tasks' coefficients of shared factors lie from one another.
///
///     d_rq = ‖βᵣ − β_q‖₂,   r < q
///
/// Distances do not depend on how factors are rotated, which a model leaves open.
public struct CoefficientDistances: Codable, Sendable, Equatable {
  /// Of the fitted coefficients, on factors of deviation 1, as shares of the root mean square of their
  /// norms.
  public let fitted: [Double]
  /// Of the coefficients that the data were drawn with, as shares in the same way.
  public let truth: [Double]

  /// - Parameters:
  ///   - fitted: a row of coefficients for each task.
  ///   - truth: the same of the simulation.
  init(fitted: [[Double]], truth: [[Double]]) {
    (self.fitted, self.truth) = (Self.shares(of: fitted), Self.shares(of: truth))
  }

  /// The mean fitted distance.
  public var mean: Double { Statistics.mean(fitted) }

  /// The correlation of fitted and true distances over pairs of tasks; NaN where either are all equal.
  public var correlation: Double {
    let (x, y) = (Statistics.mean(fitted), Statistics.mean(truth))
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(fitted, truth) {
      xy += (a - x) * (b - y)
      xx += (a - x) * (a - x)
      yy += (b - y) * (b - y)
    }
    return xx > 1e-12 && yy > 1e-12 ? xy / (xx * yy).squareRoot() : .nan
  }

  private static func shares(of rows: [[Double]]) -> [Double] {
    func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let size = Statistics.mean(rows.map { norm($0) * norm($0) }).squareRoot()
    return rows.indices.flatMap { first in
      rows[(first + 1)...].map { second in
        norm(zip(rows[first], second).map { $0 - $1 }) / max(size, 1e-12)
      }
    }
  }
}

extension SourceFindings {
  /// Mean distances of fitted coefficients, and in parentheses their correlation with those of the
  /// simulation where these differ; models without shared factors are left out.
  public var distanceTable: ResultTable? {
    var table = ResultTable(
      caption:
        "Mean distance of the tasks' coefficients of shared factors, as a share of their size, "
        + "and its correlation with the true distances over pairs of tasks",
      columns: [ResultTable.Column("Model")] + scenarios.map { ResultTable.Column($0.rawValue) })
    var truth: [ResultTable.Cell] = []
    for model in models {
      let known = scenarios.map { cells(of: model, $0).compactMap { $0?.distances } }
      guard known.contains(where: { !$0.isEmpty }) else { continue }
      table.append([.text(model)] + known.map { Self.cell($0, \.fitted, correlates: true) })
      if truth.isEmpty { truth = known.map { Self.cell($0, \.truth, correlates: false) } }
    }
    if truth.isEmpty { return nil }
    table.append([.text("simulation")] + truth, competes: false)
    return table
  }

  private static func cell(
    _ all: [CoefficientDistances], _ values: (CoefficientDistances) -> [Double], correlates: Bool
  ) -> ResultTable.Cell {
    guard !all.isEmpty else { return .empty }
    let mean = decimalText(Statistics.mean(all.map { Statistics.mean(values($0)) }), digits: 2)
    let correlations = all.map(\.correlation).filter(\.isFinite)
    guard correlates, !correlations.isEmpty else { return .text(mean) }
    return .text(mean + " (r " + decimalText(Statistics.mean(correlations), digits: 2) + ")")
  }
}
