/// Accelerated projected gradient steps on indicators, with the pattern term as it is.
///
/// The value and slope of a task are, with a = (n I + X D_z X'/λ₁)⁻¹ y,
///
///     g(z) = ½ y'a,   ∂g/∂zⱼ = −(xⱼ'a)²/(2 λ₁)
///
/// - Complexity: one factorization of n × n a task and step.
struct QuadraticRelaxation {
  private let problem: SparseProblem
  private let settings: SparseSettings
  private static let stepLimit = 2000

  init(_ problem: SparseProblem, _ settings: SparseSettings) {
    (self.problem, self.settings) = (problem, settings)
  }

  /// The smallest value that was reached, and where.
  func run() -> (value: Double, levels: [[Double]]) {
    let p = problem.featureCount
    let share = min(1, Double(settings.supportSize) / Double(p))
    var z = problem.tasks.map { _ in Array(repeating: share, count: p) }
    var (moved, momentum, step) = (z, 1.0, 1.0)
    var (value, slopes) = evaluate(z)
    var best = (value: value, levels: z)
    for _ in 0..<Self.stepLimit {
      let (here, slope) = moved == z ? (value, slopes) : evaluate(moved)
      var next = z
      var reached = (value: here, slopes: slope)
      for _ in 0..<60 {
        next = zip(moved, slope).map { own, slope in
          project(zip(own, slope).map { $0 - step * $1 })
        }
        reached = evaluate(next)
        var (linear, square) = (0.0, 0.0)
        for k in next.indices {
          for j in 0..<p {
            let change = next[k][j] - moved[k][j]
            linear += slope[k][j] * change
            square += change * change
          }
        }
        if reached.value <= here + linear + square / (2 * step) + 1e-14 * abs(here) { break }
        step /= 2
      }
      let decrease = best.value - reached.value
      // Momentum that leads uphill is dropped.
      let isUphill = reached.value > value
      let grown = isUphill ? 1 : (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
      let pull = isUphill ? 0 : (momentum - 1) / grown
      moved = next.indices.map { k in
        (0..<p).map { next[k][$0] + pull * (next[k][$0] - z[k][$0]) }
      }
      (z, value, slopes, momentum) = (next, reached.value, reached.slopes, grown)
      if value < best.value { best = (value, z) }
      if !isUphill, decrease >= 0, decrease < 1e-12 * abs(value) { break }
      step *= 1.2
    }
    return best
  }

  /// The value and its slopes; z may leave [0, 1] slightly by momentum.
  private func evaluate(_ z: [[Double]]) -> (value: Double, slopes: [[Double]]) {
    let (ridge, strength) = (settings.effectiveRidge, settings.effectiveSupportSimilarity)
    let p = problem.featureCount
    var value = 0.0
    var slopes = z
    for (k, task) in problem.tasks.enumerated() {
      let n = task.rowCount
      let used = (0..<p).filter { z[k][$0] > 0 }
      let factor = Cholesky(count: n) { row, column in
        var sum = row == column ? Double(n) : 0
        for j in used {
          let x = task.design.column(j)
          sum += z[k][j] / ridge * x[row] * x[column]
        }
        return sum
      }
      guard let factor else { preconditionFailure("n I plus a positive matrix") }
      let a = factor.solve(task.response)
      value += dot(task.response, a) / 2
      var products = Array(repeating: 0.0, count: p)
      task.design.multiplyTransposed(a, columns: nil, into: &products)
      for j in 0..<p { slopes[k][j] = -products[j] * products[j] / (2 * ridge) }
    }
    for j in 0..<p where strength > 0 {
      let mean = z.reduce(0) { $0 + $1[j] } / Double(z.count)
      for k in z.indices {
        value += strength / 2 * (z[k][j] - mean) * (z[k][j] - mean)
        slopes[k][j] += strength * (z[k][j] - mean)
      }
    }
    return (value, slopes)
  }

  /// The nearest point with 0 ≤ z ≤ 1 and Σ z ≤ s, by bisection on what is taken off.
  private func project(_ z: [Double]) -> [Double] {
    func clipped(_ shift: Double) -> [Double] { z.map { min(1, max(0, $0 - shift)) } }
    let limit = Double(settings.supportSize)
    let whole = clipped(0)
    if whole.reduce(0, +) <= limit { return whole }
    var (low, high) = (0.0, z.max() ?? 0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if clipped(middle).reduce(0, +) > limit { low = middle } else { high = middle }
    }
    return clipped(high)
  }
}
