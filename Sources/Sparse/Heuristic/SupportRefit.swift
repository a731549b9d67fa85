/// The best coefficients for given supports.
///
/// A gaussian task with λ₂ = 0 is one linear system, gaussian tasks with λ₂ > 0 are one system
/// together, logistic tasks take Newton steps, one task after the other.
struct SupportRefit {
  let objective: Objective

  /// Beyond this many unknowns a system is not factored.
  static let sizeLimit = 1500

  private var problem: SparseProblem { objective.problem }
  private var settings: SparseSettings { objective.settings }

  /// - Parameter start: where Newton steps begin, and what is returned where a system is too large or
  ///   singular.
  func run(_ supports: [[Int]], from start: SparseCoefficients) -> SparseCoefficients {
    let isCoupled = settings.coefficientSimilarity > 0
    let size = supports.reduce(0) { $0 + $1.count }
    let isLinear = problem.tasks.allSatisfy { $0.kind == .gaussian }
    if isCoupled, isLinear, size <= Self.sizeLimit {
      return joint(supports) ?? restricted(start, to: supports)
    }
    var b = restricted(start, to: supports)
    var value = objective.value(b)
    for _ in 0..<(isCoupled ? 200 : 1) {
      for k in problem.tasks.indices { refit(k, supports[k], &b) }
      let reached = objective.value(b)
      defer { value = reached }
      if value - reached <= 1e-12 * abs(value) { break }
    }
    return b
  }

  /// The best coefficients of one task, those of the others fixed.
  func refit(_ k: Int, _ support: [Int], _ b: inout SparseCoefficients) {
    guard support.count <= Self.sizeLimit else { return }
    switch problem.tasks[k].kind {
    case .gaussian: solve(k, support, &b)
    case .logistic: newton(k, support, &b)
    }
  }

  /// What the other tasks add to the slope and curvature of task k: λ₂ Σ_{l≠k} b_l/K and
  /// λ₁ + λ₂ (1 − 1/K).
  func coupling(
    _ k: Int, _ features: [Int], _ b: SparseCoefficients
  ) -> (pull: [Double], ridge: Double) {
    let (similarity, tasks) = (settings.coefficientSimilarity, Double(problem.taskCount))
    let ridge = settings.effectiveRidge + similarity * (1 - 1 / tasks)
    guard similarity > 0 else { return (Array(repeating: 0, count: features.count), ridge) }
    let pull = features.map { j in
      var sum = 0.0
      for l in b.values.indices where l != k { sum += b.values[l][j] }
      return similarity * sum / tasks
    }
    return (pull, ridge)
  }

  private func restricted(
    _ start: SparseCoefficients, to supports: [[Int]]
  ) -> SparseCoefficients {
    var b = SparseCoefficients(tasks: problem.taskCount, features: problem.featureCount)
    b.intercepts = start.intercepts
    for (k, support) in supports.enumerated() {
      for j in support { b.values[k][j] = start.values[k][j] }
    }
    return b
  }

  // MARK: Squared loss

  /// (X'X/n + ρ I) b = X'y/n + pull on the support.
  private func solve(_ k: Int, _ support: [Int], _ b: inout SparseCoefficients) {
    let task = problem.tasks[k]
    let (n, design) = (task.rowCount, task.design)
    let (pull, ridge) = coupling(k, support, b)
    let factor = Cholesky(count: support.count) { row, column in
      dot(design.column(support[row]), design.column(support[column]), n) / Double(n)
        + (row == column ? ridge : 0)
    }
    guard let factor else { return }
    var slopes = Array(repeating: 0.0, count: problem.featureCount)
    design.multiplyTransposed(task.response, columns: support, into: &slopes)
    let solution = factor.solve(zip(support, pull).map { slopes[$0] / Double(n) + $1 })
    for (j, value) in zip(support, solution) { b.values[k][j] = value }
  }

  /// All tasks at once; nil for a singular system.
  private func joint(_ supports: [[Int]]) -> SparseCoefficients? {
    let places = supports.enumerated().flatMap { k, own in own.map { (task: k, feature: $0) } }
    let (ridge, similarity) = (settings.effectiveRidge, settings.coefficientSimilarity)
    let shared = similarity / Double(problem.taskCount)
    let factor = Cholesky(count: places.count) { row, column in
      let (a, c) = (places[row], places[column])
      var entry = a.feature == c.feature ? -shared : 0
      if a.task == c.task {
        let task = problem.tasks[a.task]
        entry +=
          dot(task.design.column(a.feature), task.design.column(c.feature), task.rowCount)
          / Double(task.rowCount)
      }
      return row == column ? entry + ridge + similarity : entry
    }
    guard let factor else { return nil }
    let slopes = places.map { place in
      let task = problem.tasks[place.task]
      return task.response.withUnsafeBufferPointer { response in
        response.baseAddress.map {
          dot(task.design.column(place.feature), $0, task.rowCount) / Double(task.rowCount)
        } ?? 0
      }
    }
    var b = SparseCoefficients(tasks: problem.taskCount, features: problem.featureCount)
    for (place, value) in zip(places, factor.solve(slopes)) {
      b.values[place.task][place.feature] = value
    }
    return b
  }

  // MARK: Logistic loss

  /// Newton steps, halved until the conditional objective falls.
  private func newton(_ k: Int, _ support: [Int], _ b: inout SparseCoefficients) {
    let task = problem.tasks[k]
    let (n, design) = (task.rowCount, task.design)
    let (pull, ridge) = coupling(k, support, b)
    let intercepts = task.hasIntercept ? 1 : 0
    func value(_ b: SparseCoefficients) -> Double {
      var value = objective.loss(k, objective.predictor(k, b))
      for (j, pull) in zip(support, pull) {
        value += ridge * b.values[k][j] * b.values[k][j] / 2 - pull * b.values[k][j]
      }
      return value
    }
    var reached = value(b)
    for _ in 0..<50 {
      let eta = objective.predictor(k, b)
      let residual = objective.residual(k, eta)
      let weights = eta.map { logistic($0) * (1 - logistic($0)) }
      // The intercept is the first unknown, a column of ones.
      func entry(_ row: Int, _ column: Int) -> Double {
        var sum = 0.0
        let first = row < intercepts ? nil : design.column(support[row - intercepts])
        let second = column < intercepts ? nil : design.column(support[column - intercepts])
        for i in 0..<n { sum += weights[i] * (first?[i] ?? 1) * (second?[i] ?? 1) }
        let isRidged = row == column && row >= intercepts
        return sum / Double(n) + (isRidged ? ridge : 0)
      }
      guard let factor = Cholesky(count: support.count + intercepts, entry: entry) else { return }
      var slopes = Array(repeating: 0.0, count: problem.featureCount)
      design.multiplyTransposed(residual, columns: support, into: &slopes)
      let own = b.values[k]
      let right =
        Array(repeating: residual.reduce(0, +) / Double(n), count: intercepts)
        + zip(support, pull).map { slopes[$0] / Double(n) - ridge * own[$0] + $1 }
      let direction = factor.solve(right)
      var share = 1.0
      var next = b
      var candidate = reached
      for _ in 0..<30 {
        next = b
        if intercepts == 1 { next.intercepts[k] += share * direction[0] }
        for (position, j) in support.enumerated() {
          next.values[k][j] += share * direction[position + intercepts]
        }
        candidate = value(next)
        if candidate <= reached { break }
        share /= 2
      }
      guard candidate <= reached else { return }
      let decrease = reached - candidate
      (b, reached) = (next, candidate)
      if decrease <= 1e-13 * max(1, abs(reached)) { return }
    }
  }
}
