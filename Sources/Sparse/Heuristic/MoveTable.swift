/// By how much a task's part of F changes when its support changes by one feature and all its
/// coefficients are fitted again, those of the other tasks fixed. The pattern term is left out.
///
/// On the support S let H = X'X/n + ρ I, P = H⁻¹, w = P h with the right-hand side h, and for a feature
/// j outside it u_j = P H_Sj. Dropping i costs w_i²/(2 P_ii), and then adding j gains
///
///     ½ (h_j − H_Sj'w + u_ij w_i/P_ii)² / (H_jj − H_Sj'u_j + u_ij²/P_ii)
///
/// so that all swaps of one task take p s² operations. A logistic task is seen through the quadratic at
/// its present coefficients with the mean weight of its rows; a move is judged by F itself afterwards.
///
/// - Source: the downdated inverse of stepwise regression, in the local search of arXiv:2212.08697.
struct MoveTable {
  /// Ascending.
  let support: [Int]
  /// What fitting the support again changes.
  private let refit: Double
  /// w_i and P_ii, in the order of the support.
  private let weights: [Double]
  private let variances: [Double]
  /// u_ij, a run of the support's length for each feature.
  private let loadings: [Double]
  private let residuals: [Double]
  private let schur: [Double]

  /// Nil where the support's features depend on each other.
  init?(_ refitter: SupportRefit, task k: Int, at b: SparseCoefficients, _ gram: GramColumns) {
    let objective = refitter.objective
    let task = objective.problem.tasks[k]
    let (own, p) = (b.values[k], task.design.columnCount)
    let support = b.support(k)
    let size = support.count
    let eta = objective.predictor(k, b)
    var slopes = Array(repeating: 0.0, count: p)
    task.design.multiplyTransposed(objective.residual(k, eta), columns: nil, into: &slopes)
    let (pull, ridge) = refitter.coupling(k, Array(0..<p), b)
    var bend = 1.0
    if task.kind == .logistic {
      bend = eta.reduce(0) { $0 + logistic($1) * (1 - logistic($1)) } / Double(eta.count)
    }
    let columns = support.map { gram.column($0) }
    var right = (0..<p).map { slopes[$0] / Double(task.rowCount) + pull[$0] }
    for (column, j) in zip(columns, support) {
      let multiple = bend * own[j]
      for i in 0..<p { right[i] += multiple * column[i] }
    }
    let factor = Cholesky(count: size) { row, column in
      bend * columns[column][support[row]] + (row == column ? ridge : 0)
    }
    guard let factor else { return nil }
    let inverse = factor.inverse()
    weights = factor.solve(support.map { right[$0] })
    variances = (0..<size).map { inverse[$0][$0] }
    var (loadings, residuals) = (Array(repeating: 0.0, count: p * size), right)
    var schur = task.norms.map { bend * $0 + ridge }
    for row in 0..<size {
      for column in 0..<size {
        let entry = bend * inverse[row][column]
        let source = columns[column]
        for j in 0..<p { loadings[j * size + row] += entry * source[j] }
      }
      let source = columns[row]
      for j in 0..<p {
        residuals[j] -= bend * source[j] * weights[row]
        schur[j] -= bend * source[j] * loadings[j * size + row]
      }
    }
    self.support = support
    (self.loadings, self.residuals, self.schur) = (loadings, residuals, schur)
    // e(S) = −½ h'w against the value at the present coefficients, −h'b + ½ b'Hb.
    var present = 0.0
    for (row, j) in support.enumerated() {
      present -= right[j] * own[j]
      for (column, i) in support.enumerated() {
        let entry = bend * columns[column][j] + (row == column ? ridge : 0)
        present += own[j] * entry * own[i] / 2
      }
    }
    refit = -dot(support.map { right[$0] }, weights) / 2 - present
  }

  /// - Parameter position: of the feature in the support.
  func dropping(_ position: Int) -> Double {
    refit + weights[position] * weights[position] / (2 * variances[position])
  }

  /// - Parameter j: a feature outside the support.
  func adding(_ j: Int) -> Double {
    guard schur[j] > 1e-10 else { return refit }
    return refit - residuals[j] * residuals[j] / (2 * schur[j])
  }

  /// Dropping the feature at a position of the support and adding feature j.
  func swapping(_ position: Int, for j: Int) -> Double {
    let loading = loadings[j * support.count + position]
    let variance = variances[position]
    let residual = residuals[j] + loading * weights[position] / variance
    let curvature = schur[j] + loading * loading / variance
    guard curvature > 1e-10 else { return dropping(position) }
    return dropping(position) - residual * residual / (2 * curvature)
  }
}
