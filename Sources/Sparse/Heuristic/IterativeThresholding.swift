/// Block coordinate descent: gradient steps of all tasks, after each of which every task keeps its s
/// best coefficients.
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
struct IterativeThresholding {
  let objective: Objective
  /// Steps on one set of active features.
  var stepLimit = 500
  /// The relative decrease of F below which steps end.
  var tolerance = 1e-7

  private var problem: SparseProblem { objective.problem }
  private var settings: SparseSettings { objective.settings }

  /// Steps on active features, then one on all features; those that enter become active, until none
  /// does.
  ///
  /// - Parameter trace: F after each step is appended.
  func run(from start: SparseCoefficients, trace: inout [Double]) -> SparseCoefficients {
    var b = start
    b.values = kept(start.values, problem.tasks.map { _ in 1 }, averages: nil)
    var value = objective.value(b)
    var active = firstActive(b)
    for _ in 0..<50 {
      descend(&b, &value, columns: active, &trace)
      guard let columns = active else { break }
      let known = Set(columns)
      let before = value
      var lipschitz = self.lipschitz(columns: columns)
      step(&b, &value, columns: nil, &lipschitz, &trace)
      let entering = b.union.filter { !known.contains($0) }
      if entering.isEmpty || before - value <= tolerance * max(before, 1e-12) { break }
      active = (columns + entering).sorted()
    }
    return b
  }

  private func firstActive(_ b: SparseCoefficients) -> [Int]? {
    let p = problem.featureCount
    guard p > 200 else { return nil }
    let size = min(p, max(50, 3 * settings.supportSize))
    var norms = b.rowNorms
    if norms.allSatisfy({ $0 == 0 }) {
      norms = Array(repeating: 0, count: p)
      for slope in gradients(b, columns: nil) {
        for j in 0..<p { norms[j] += slope[j] * slope[j] }
      }
    }
    return Set(largest(size, of: norms, above: 0)).union(b.union).sorted()
  }

  private func descend(
    _ b: inout SparseCoefficients, _ value: inout Double, columns: [Int]?, _ trace: inout [Double]
  ) {
    var lipschitz = self.lipschitz(columns: columns)
    for _ in 0..<stepLimit {
      let before = value
      step(&b, &value, columns: columns, &lipschitz, &trace)
      if before - value <= tolerance * max(abs(before), 1e-12) { return }
    }
  }

  // MARK: One step

  private func step(
    _ b: inout SparseCoefficients, _ value: inout Double, columns: [Int]?,
    _ lipschitz: inout [Double], _ trace: inout [Double]
  ) {
    let slopes = gradients(b, columns: columns)
    let averages = zbar(b)
    let shifts = interceptSlopes(b)
    for _ in 0..<40 {
      var next = b
      for k in problem.tasks.indices {
        for j in columns ?? Array(0..<problem.featureCount) {
          next.values[k][j] -= slopes[k][j] / lipschitz[k]
        }
        next.intercepts[k] += shifts[k]
      }
      next.values = kept(next.values, lipschitz, averages: averages)
      let reached = objective.value(next)
      if reached <= value {
        (b, value) = (next, reached)
        trace.append(value)
        return
      }
      for k in lipschitz.indices { lipschitz[k] *= 2 }
    }
  }

  /// What each task keeps of c.
  private func kept(
    _ c: [[Double]], _ lipschitz: [Double], averages: [Double]?
  ) -> [[Double]] {
    let size = settings.supportSize
    func restricted(_ own: [Double], to support: [Int]) -> [Double] {
      var result = Array(repeating: 0.0, count: own.count)
      for j in support { result[j] = own[j] }
      return result
    }
    if settings.sharing == .common {
      var sums = Array(repeating: 0.0, count: problem.featureCount)
      for (own, weight) in zip(c, lipschitz) {
        for j in own.indices { sums[j] += weight * own[j] * own[j] }
      }
      let support = largest(size, of: sums, above: 0)
      return c.map { restricted($0, to: support) }
    }
    let sharing = averages == nil ? 0 : settings.effectiveSupportSimilarity
    return zip(c, lipschitz).map { own, weight in
      var scores = own.map { $0 * $0 }
      if let averages, sharing > 0 {
        for j in own.indices where own[j] != 0 {
          scores[j] += sharing / weight * (2 * averages[j] - 1)
        }
      }
      return restricted(own, to: largest(size, of: scores, above: 0))
    }
  }

  // MARK: Slopes

  /// ∂F/∂b without the supports' part, 0 for other columns.
  private func gradients(_ b: SparseCoefficients, columns: [Int]?) -> [[Double]] {
    let (ridge, similarity) = (settings.effectiveRidge, settings.coefficientSimilarity)
    let p = problem.featureCount
    var means = Array(repeating: 0.0, count: similarity > 0 ? p : 0)
    if similarity > 0 {
      for own in b.values {
        for j in 0..<p { means[j] += own[j] / Double(problem.taskCount) }
      }
    }
    return problem.tasks.indices.map { k in
      let task = problem.tasks[k]
      let residual = objective.residual(k, objective.predictor(k, b))
      var slope = Array(repeating: 0.0, count: p)
      task.design.multiplyTransposed(residual, columns: columns, into: &slope)
      let own = b.values[k]
      for j in columns ?? Array(0..<p) {
        slope[j] = ridge * own[j] - slope[j] / Double(task.rowCount)
        if similarity > 0 { slope[j] += similarity * (own[j] - means[j]) }
      }
      return slope
    }
  }

  /// The change of each intercept, a step of its own curvature.
  private func interceptSlopes(_ b: SparseCoefficients) -> [Double] {
    problem.tasks.indices.map { k in
      let task = problem.tasks[k]
      guard task.hasIntercept, task.kind == .logistic else { return 0 }
      let residual = objective.residual(k, objective.predictor(k, b))
      return residual.reduce(0, +) / Double(task.rowCount) / task.curvature
    }
  }

  private func zbar(_ b: SparseCoefficients) -> [Double] {
    var means = Array(repeating: 0.0, count: problem.featureCount)
    for own in b.values {
      for j in own.indices where own[j] != 0 { means[j] += 1 / Double(problem.taskCount) }
    }
    return means
  }

  /// σ²_max/n of each task's columns by power iteration, with the penalties' curvatures.
  private func lipschitz(columns: [Int]?) -> [Double] {
    problem.tasks.map { task in
      let columns = columns ?? Array(0..<problem.featureCount)
      var direction = Array(repeating: 0.0, count: problem.featureCount)
      for (position, j) in columns.enumerated() {
        direction[j] = 1 + Double(position % 7) / 7
      }
      var largest = 0.0
      for _ in 0..<15 {
        var image = Array(repeating: 0.0, count: task.rowCount)
        task.design.add(direction, columns: columns, to: &image)
        task.design.multiplyTransposed(image, columns: columns, into: &direction)
        let length = dot(direction, direction).squareRoot()
        guard length > 0 else { break }
        let factor = dot(image, image)
        largest = max(largest, factor > 0 ? length * length / factor : 0)
        for j in columns { direction[j] /= length }
      }
      return largest / Double(task.rowCount) * task.curvature
        + settings.effectiveRidge + settings.coefficientSimilarity
    }
  }
}
