/// By how much F changes when a task drops feature i and takes feature j, whose coefficient is chosen
/// best while all other coefficients stay.
///
/// With residual r, S1_j the sum of the other tasks' coefficients, m the tasks that use a feature:
///
///     a_j  = x_j'x_j/n + λ₁ + λ₂ (1 − 1/K)
///     d_ij = x_j'(r + x_i b_i)/n + λ₂ S1_j/K,   t* = d_ij/a_j
///     ΔF   = [2 b_i x_i'r + b_i² x_i'x_i]/(2n) − λ₁ b_i²/2
///            + λ₂/2 [−(1 − 1/K) b_i² + 2 S1_i b_i/K] − d_ij²/(2 a_j)
///            + λ_z/2 [(2 m_i − K − 1)/K + (K − 2 m_j − 1)/K]
///
/// - Source: arXiv:2212.08697, its local combinatorial search, with all terms of the objective.
struct SwapChange {
  let objective: Objective
  let task: Int
  private let coefficients: [Double]
  /// x_j'r/n.
  private let slopes: [Double]
  /// Sums of the other tasks' coefficients.
  private let others: [Double]
  private let users: [Int]

  /// - Precondition: the task is gaussian.
  init(_ objective: Objective, task k: Int, at b: SparseCoefficients) {
    (self.objective, task) = (objective, k)
    let scaled = objective.problem.tasks[k]
    precondition(scaled.kind == .gaussian, "squared loss")
    coefficients = b.values[k]
    var slopes = Array(repeating: 0.0, count: coefficients.count)
    let residual = objective.residual(k, objective.predictor(k, b))
    scaled.design.multiplyTransposed(residual, columns: nil, into: &slopes)
    self.slopes = slopes.map { $0 / Double(scaled.rowCount) }
    others = coefficients.indices.map { j in
      b.values.indices.reduce(0) { $1 == k ? $0 : $0 + b.values[$1][j] }
    }
    users = coefficients.indices.map { j in b.values.reduce(0) { $0 + ($1[j] == 0 ? 0 : 1) } }
  }

  /// - Parameters:
  ///   - i: a feature of the support.
  ///   - j: one outside it.
  ///   - product: x_i'x_j/n.
  /// - Returns: the change of F and the coefficient of j.
  func change(dropping i: Int, adding j: Int, product: Double) -> (change: Double, value: Double) {
    let settings = objective.settings
    let norms = objective.problem.tasks[task].norms
    let tasks = Double(objective.problem.taskCount)
    let (ridge, similarity) = (settings.effectiveRidge, settings.coefficientSimilarity)
    let old: Double = coefficients[i]
    let curvature: Double = norms[j] + ridge + similarity * (1 - 1 / tasks)
    let slope: Double = slopes[j] + product * old + similarity * others[j] / tasks
    let loss: Double = (2 * old * slopes[i] + old * old * norms[i]) / 2 - ridge * old * old / 2
    let spread: Double =
      similarity / 2 * (2 * others[i] * old / tasks - (1 - 1 / tasks) * old * old)
    let leaving: Double = Double(2 * users[i]) - tasks - 1
    let entering: Double = tasks - Double(2 * users[j]) - 1
    let pattern: Double =
      settings.effectiveSupportSimilarity / 2 * (leaving + entering) / tasks
    let gain: Double = curvature > 0 ? slope * slope / (2 * curvature) : 0
    return (loss + spread + pattern - gain, curvature > 0 ? slope / curvature : 0)
  }
}
