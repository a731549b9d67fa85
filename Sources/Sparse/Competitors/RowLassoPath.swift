import Foundation

/// The convex competitor: rows of the coefficients are shrunk together, and each coefficient alone.
///
///     min Σₖ (1/2nₖ) ‖y_k − X_k b_k‖² + λ Σⱼ [ (1 − α) Σₖ |b_kj| + α ‖(b_1j, …, b_Kj)‖₂ ]
///
/// α = 1 is the group lasso. Block coordinate descent over rows, exact on standardized features, along a
/// path of λ from the smallest one without features.
///
/// - Source: Simon, Friedman, Hastie & Tibshirani, Journal of Computational and Graphical Statistics 22
///   (2013); Lounici, Pontil, Tsybakov & van de Geer, COLT 2009.
public struct RowLassoPath: Sendable {
  /// α.
  public let groupShare: Double
  /// How many λ the path has.
  public var count: Int = 40
  /// The smallest λ as a share of the largest.
  public var smallest: Double = 0.01

  public init(groupShare: Double) {
    self.groupShare = groupShare
  }

  /// The fits of a path, from the largest λ down, as long as tasks use at most so many features on
  /// average.
  ///
  /// - Precondition: gaussian tasks and standardized features.
  public func path(_ problem: SparseProblem, supportSize limit: Double) -> [SparseFit] {
    let (tasks, p) = (problem.tasks, problem.featureCount)
    var b = SparseCoefficients(tasks: tasks.count, features: p)
    var residuals = tasks.map(\.response)
    func slopes(_ j: Int) -> [Double] {
      tasks.indices.map { k in
        residuals[k].withUnsafeBufferPointer { residual in
          residual.baseAddress.map {
            dot(tasks[k].design.column(j), $0, tasks[k].rowCount) / Double(tasks[k].rowCount)
          } ?? 0
        }
      }
    }
    let largest = (0..<p).reduce(0.0) { max($0, threshold(slopes($1))) }
    let settings = SparseSettings(supportSize: p, ridge: 0)
    let objective = Objective(problem: problem, settings: settings)
    var fits: [SparseFit] = []
    for place in 0..<count {
      let strength = largest * pow(smallest, Double(place) / Double(max(1, count - 1)))
      var active = Array(0..<p)
      for sweep in 0..<500 {
        var change = 0.0
        for j in active {
          let pulls = zip(slopes(j), b.values).map { $0 + $1[j] }
          let row = shrunk(pulls, strength)
          for k in tasks.indices where row[k] != b.values[k][j] {
            let step = row[k] - b.values[k][j]
            change = max(change, abs(step))
            b.values[k][j] = row[k]
            residuals[k].withUnsafeMutableBufferPointer { residual in
              if let first = residual.baseAddress {
                addMultiple(-step, tasks[k].design.column(j), to: first, tasks[k].rowCount)
              }
            }
          }
        }
        // Rows in use until they rest, then all rows once more.
        let isWhole = active.count == p
        if change < 1e-6, isWhole { break }
        active = change < 1e-6 || (sweep + 1) % 20 == 0 ? Array(0..<p) : b.union
      }
      let sizes = b.supports.reduce(0) { $0 + $1.count }
      if Double(sizes) > limit * Double(tasks.count) { break }
      fits.append(
        SparseFit(
          tasks: tasks.indices.map { tasks[$0].unscaled(b.values[$0], intercept: 0) },
          objective: objective.value(b), settings: settings, trace: [], scaled: b))
    }
    return fits
  }

  /// The row that the penalty leaves of one.
  private func shrunk(_ row: [Double], _ strength: Double) -> [Double] {
    let limit = strength * (1 - groupShare)
    let soft = row.map { abs($0) > limit ? $0 - ($0 > 0 ? limit : -limit) : 0 }
    let norm = dot(soft, soft).squareRoot()
    let left = norm - strength * groupShare
    return left > 0 ? soft.map { $0 * left / norm } : row.map { _ in 0 }
  }

  /// The smallest λ at which a row stays 0, by bisection.
  private func threshold(_ row: [Double]) -> Double {
    var (low, high) = (0.0, row.reduce(1e-12) { $0 + abs($1) } / max(groupShare, 1e-3))
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if shrunk(row, middle).contains(where: { $0 != 0 }) { low = middle } else { high = middle }
    }
    return high
  }
}
