/// Where a descent stands.
struct DescentState {
  var b: SparseCoefficients
  /// η of each task's rows.
  var predictors: [[Double]]
  /// F.
  var value: Double

  init(_ b: SparseCoefficients, _ objective: Objective) {
    self.b = b
    predictors = b.values.indices.map { objective.predictor($0, b) }
    value = objective.value(b, predictors: predictors)
  }
}

/// Gradient steps of all tasks, after each of which every task keeps its s best coefficients.
///
/// With c = b − G/L the step minimizes a majorant of F. At fixed z̄ keeping c_kj instead of 0 gains
/// L_k c²/2 − λ_z (1 − 2 z̄_j)/2, so each task keeps the s features of largest
///
///     c_kj² + (λ_z/L_k)(2 z̄_j − 1),   if above 0
///
/// and for a common support all keep the s features of largest Σₖ L_k c_kj². F never rises: a step
/// that would raise it is taken again with L doubled.
///
/// - Source: arXiv:2212.08697, its block coordinate descent; steps of size 1/L_k with each task's own
///   Lipschitz constant, where the package takes half of a common one.
struct ThresholdingSteps {
  let objective: Objective
  /// L.
  private var lipschitz: [Double]

  private var problem: SparseProblem { objective.problem }
  private var settings: SparseSettings { objective.settings }

  /// - Parameter curvatures: of each task's loss.
  init(_ objective: Objective, curvatures: [Double]) {
    self.objective = objective
    let penalties = objective.settings.effectiveRidge + objective.settings.coefficientSimilarity
    lipschitz = curvatures.map { $0 + penalties }
  }

  /// - Parameter trace: F is appended.
  mutating func step(_ state: inout DescentState, _ trace: inout [Double]) {
    let residuals = problem.tasks.indices.map { objective.residual($0, state.predictors[$0]) }
    let slopes = gradients(state.b, residuals)
    let isTied = settings.effectiveSupportSimilarity > 0
    let averages = isTied ? means(state.b.values.map(indicators)) : []
    for _ in 0..<40 {
      var moved = state.b
      for (k, task) in problem.tasks.enumerated() {
        for j in moved.values[k].indices { moved.values[k][j] -= slopes[k][j] / lipschitz[k] }
        if task.hasIntercept, task.kind == .logistic {
          moved.intercepts[k] += residuals[k].reduce(0, +) / Double(task.rowCount) / task.curvature
        }
      }
      moved.values = kept(moved.values, averages: averages)
      let next = DescentState(moved, objective)
      if next.value <= state.value {
        state = next
        trace.append(next.value)
        return
      }
      for k in lipschitz.indices { lipschitz[k] *= 2 }
    }
  }

  /// What each task keeps of c.
  ///
  /// - Parameter averages: z̄; empty where supports are not drawn to each other.
  func kept(_ c: [[Double]], averages: [Double]) -> [[Double]] {
    let size = settings.supportSize
    if settings.sharing == .common {
      var sums = Array(repeating: 0.0, count: problem.featureCount)
      for (own, weight) in zip(c, lipschitz) {
        for j in own.indices { sums[j] += weight * own[j] * own[j] }
      }
      let support = largest(size, of: sums, above: 0)
      return c.map { restricted($0, to: support) }
    }
    return zip(c, lipschitz).map { own, weight in
      var scores = own
      for j in own.indices { scores[j] *= own[j] }
      if !averages.isEmpty {
        let strength = settings.effectiveSupportSimilarity / weight
        for j in own.indices where own[j] != 0 { scores[j] += strength * (2 * averages[j] - 1) }
      }
      return restricted(own, to: largest(size, of: scores, above: 0))
    }
  }

  private func restricted(_ own: [Double], to support: [Int]) -> [Double] {
    var result = Array(repeating: 0.0, count: own.count)
    for j in support { result[j] = own[j] }
    return result
  }

  // MARK: Slopes

  /// ∂F/∂b without the part of the supports.
  func gradients(_ b: SparseCoefficients, _ residuals: [[Double]]) -> [[Double]] {
    let (ridge, similarity) = (settings.effectiveRidge, settings.coefficientSimilarity)
    let centre = similarity > 0 ? means(b.values) : []
    return problem.tasks.indices.map { k in
      let task = problem.tasks[k]
      var slope = Array(repeating: 0.0, count: problem.featureCount)
      task.design.multiplyTransposed(residuals[k], columns: nil, into: &slope)
      let own = b.values[k]
      for j in slope.indices { slope[j] = ridge * own[j] - slope[j] / Double(task.rowCount) }
      if similarity > 0 {
        for j in slope.indices { slope[j] += similarity * (own[j] - centre[j]) }
      }
      return slope
    }
  }

  private func indicators(_ own: [Double]) -> [Double] { own.map { $0 == 0 ? 0 : 1 } }

  private func means(_ values: [[Double]]) -> [Double] {
    var means = Array(repeating: 0.0, count: problem.featureCount)
    for own in values {
      for j in own.indices { means[j] += own[j] / Double(values.count) }
    }
    return means
  }
}
