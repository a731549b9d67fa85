import Foundation

/// The convex competitor: rows of the coefficients are shrunk together, and each coefficient alone.
///
///     P(b) = Σₖ (1/2nₖ) ‖y_k − X_k b_k‖² + λ Σⱼ [ (1 − α) Σₖ |b_kj| + α ‖(b_1j, …, b_Kj)‖₂ ]
///
/// α = 1 is the group lasso, α = 0 one lasso a task. Block coordinate descent over the rows that are not 0
/// and those that the optimality condition lets in, until it lets in none.
///
/// - Source: Simon, Friedman, Hastie & Tibshirani, Journal of Computational and Graphical Statistics 22
///   (2013); Lounici, Pontil, Tsybakov & van de Geer, COLT 2009.
public struct RowLasso: Sendable {
  /// α.
  public let groupShare: Double
  /// Sweeps over the rows end when no coefficient moves by more than this share of the responses'
  /// standard deviation.
  public var precision: Double = 1e-5

  public init(groupShare: Double) {
    self.groupShare = groupShare
  }

  /// λ from the smallest one without features down, evenly on the scale of exponents.
  ///
  /// - Parameter smallest: the last λ as a share of the first.
  public func strengths(
    _ problem: SparseProblem, count: Int = 40, smallest: Double = 0.01
  ) -> [Double] {
    let descent = RowDescent(problem, self)
    let largest = (0..<problem.featureCount).reduce(1e-12) { largest, j in
      let row = descent.slopes(j)
      return isKept(row, largest) ? threshold(row, above: largest) : largest
    }
    return SparseGrid.descending(count, from: largest, to: smallest * largest, single: largest)
  }

  /// One fit for each λ, each from the one before it.
  ///
  /// - Parameters:
  ///   - strengths: λ, descending.
  ///   - limit: the path ends where tasks use more features than this on average; nil for no end.
  /// - Precondition: gaussian tasks.
  public func path(
    _ problem: SparseProblem, strengths: [Double], supportSize limit: Double? = nil
  ) -> [SparseFit] {
    precondition(problem.tasks.allSatisfy { $0.kind == .gaussian }, "squared loss")
    let descent = RowDescent(problem, self)
    let settings = SparseSettings(supportSize: problem.featureCount, ridge: 0)
    var fits: [SparseFit] = []
    for strength in strengths {
      descent.run(strength)
      let b = descent.coefficients
      let size = b.supports.reduce(0) { $0 + $1.count }
      if let limit, Double(size) > limit * Double(problem.taskCount) { break }
      fits.append(
        SparseFit(
          tasks: problem.tasks.indices.map {
            problem.tasks[$0].unscaled(b.values[$0], intercept: 0)
          },
          objective: descent.value(strength), settings: settings, trace: [], scaled: b))
    }
    return fits
  }

  // MARK: The penalty of a row

  /// (1 − α) Σ|b| + α ‖b‖.
  func penalty(_ row: [Double]) -> Double {
    let absolute = row.reduce(0) { $0 + abs($1) }
    return (1 - groupShare) * absolute + groupShare * dot(row, row).squareRoot()
  }

  /// Whether the penalty of strength λ leaves anything of a row of slopes.
  func isKept(_ row: [Double], _ strength: Double) -> Bool {
    let limit = strength * (1 - groupShare)
    var squares = 0.0
    for value in row {
      let left = abs(value) - limit
      if left > 0 { squares += left * left }
    }
    return squares.squareRoot() > strength * groupShare
  }

  /// Leaves of a row what the penalty of strength λ does.
  func shrink(_ row: inout [Double], _ strength: Double) {
    let limit = strength * (1 - groupShare)
    var squares = 0.0
    for k in row.indices {
      let size = abs(row[k]) - limit
      row[k] = size > 0 ? (row[k] > 0 ? size : -size) : 0
      squares += row[k] * row[k]
    }
    let norm = squares.squareRoot()
    let share = norm > strength * groupShare ? 1 - strength * groupShare / norm : 0
    for k in row.indices { row[k] *= share }
  }

  /// The smallest λ at which a row stays 0, by bisection.
  private func threshold(_ row: [Double], above floor: Double) -> Double {
    var (low, high) = (floor, max(floor, row.reduce(0) { $0 + abs($1) } / max(groupShare, 1e-3)))
    if groupShare == 0 { high = max(floor, row.reduce(0) { max($0, abs($1)) }) }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if isKept(row, middle) { low = middle } else { high = middle }
    }
    return high
  }
}
