/// The best coefficients and indicators of one feature for all tasks, everything else fixed.
///
///     min over b, z of Σₖ [ aₖ bₖ²/2 − cₖ bₖ + λ₁ bₖ²/(2 zₖ) + μₖ zₖ ] + cost°(z),   |bₖ| ≤ M zₖ
///
/// with cost° the Lovász extension of `PatternCost`. For each level t the tasks with zₖ ≥ t are the best
/// set at the prices φₖ'(t), so the levels are found by halving intervals between which the set changes.
///
/// - Source: minimization of separable convex functions over a Lovász extension, Bach, Foundations and
///   Trends in Machine Learning 6 (2013), chapter 8.
final class RowProximal {
  let penalty: CappedRidge
  let pattern: PatternCost
  /// aₖ, cₖ and μₖ.
  var curvatures: [Double]
  var pulls: [Double]
  var prices: [Double]
  /// Results.
  private(set) var levels: [Double]
  private(set) var coefficients: [Double]
  private var slopes: [Double]
  private var order: [Int]

  init(_ penalty: CappedRidge, _ pattern: PatternCost) {
    (self.penalty, self.pattern) = (penalty, pattern)
    let zeros = Array(repeating: 0.0, count: pattern.tasks)
    (curvatures, pulls, prices) = (zeros, zeros, zeros)
    (levels, coefficients, slopes) = (zeros, zeros, zeros)
    order = Array(repeating: 0, count: pattern.tasks)
  }

  /// - Parameter fixings: one a task.
  func run(_ fixings: UnsafePointer<Fixing>) {
    let tasks = pattern.tasks
    if pattern.strength == 0, pattern.sharing == .heterogeneous {
      for k in 0..<tasks {
        switch fixings[k] {
        case .inside: levels[k] = 1
        case .outside: levels[k] = 0
        case .free:
          levels[k] = penalty.level(curvature: curvatures[k], pull: pulls[k], price: prices[k])
        }
      }
    } else {
      for k in 0..<tasks { levels[k] = fixings[k] == .inside ? 1 : 0 }
      let low = users(at: 0, fixings)
      if low != 0 {
        split(low, 0, users(at: 1, fixings), 1, fixings, depth: 0)
      }
    }
    for k in 0..<tasks {
      coefficients[k] = penalty.coefficient(
        at: levels[k], curvature: curvatures[k], pull: pulls[k])
    }
  }

  /// The tasks with a level of at least t.
  private func users(at t: Double, _ fixings: UnsafePointer<Fixing>) -> UInt64 {
    for k in 0..<pattern.tasks {
      slopes[k] = penalty.slope(
        at: t, curvature: curvatures[k], pull: pulls[k], price: prices[k])
    }
    return pattern.minimum(slopes, fixings, order: &order).set
  }

  private func split(
    _ low: UInt64, _ from: Double, _ high: UInt64, _ to: Double,
    _ fixings: UnsafePointer<Fixing>, depth: Int
  ) {
    for k in 0..<pattern.tasks where high >> UInt64(k) & 1 == 1 { levels[k] = max(levels[k], to) }
    guard low != high else { return }
    let middle = (from + to) / 2
    guard depth < 20 else {
      for k in 0..<pattern.tasks where low >> UInt64(k) & 1 == 1 {
        levels[k] = max(levels[k], middle)
      }
      return
    }
    let users = users(at: middle, fixings)
    split(low, from, users, middle, fixings, depth: depth + 1)
    split(users, middle, high, to, fixings, depth: depth + 1)
  }
}
