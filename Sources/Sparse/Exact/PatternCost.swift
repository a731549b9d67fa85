/// What is known of the use of a feature by a task at a node of the search.
enum Fixing: UInt8, Sendable {
  case free, inside, outside
}

/// λ_z/2 · m (K − m)/K as a function of the tasks that use a feature, and minima of it with prices.
///
/// The cost is submodular in the set of tasks, so at given prices the best set takes tasks in the order
/// of their prices, and its convex envelope on [0, 1]ᴷ is its Lovász extension.
struct PatternCost: Sendable {
  let tasks: Int
  /// λ_z/2.
  let strength: Double
  let sharing: SparseSettings.Sharing

  /// The cost of m users.
  func cost(_ m: Int) -> Double {
    strength == 0 ? 0 : strength * SupportPattern.heterogeneity(users: m, of: tasks)
  }

  /// min over sets of tasks that agree with the fixings of Σ price + cost.
  ///
  /// - Parameters:
  ///   - prices: one a task.
  ///   - order: room for a number a task.
  /// - Returns: the minimum, +∞ where a common support is fixed both ways, and the smallest best set, a
  ///   bit a task.
  func minimum(
    _ prices: UnsafePointer<Double>, _ fixings: UnsafePointer<Fixing>,
    order: UnsafeMutablePointer<Int>
  ) -> (value: Double, set: UInt64) {
    var (base, inside, count) = (0.0, 0, 0)
    var set: UInt64 = 0
    for k in 0..<tasks {
      switch fixings[k] {
      case .inside:
        base += prices[k]
        inside += 1
        set |= 1 << UInt64(k)
      case .free:
        var place = count
        while place > 0, prices[order[place - 1]] > prices[k] {
          order[place] = order[place - 1]
          place -= 1
        }
        order[place] = k
        count += 1
      case .outside: break
      }
    }
    if sharing == .common {
      let isOutside = inside + count < tasks
      if inside > 0, isOutside { return (.infinity, set) }
      if isOutside { return (0, 0) }
      var all = base
      for position in 0..<count { all += prices[order[position]] }
      guard inside > 0 || all < 0 else { return (0, 0) }
      return (all, tasks == 64 ? .max : 1 << UInt64(tasks) - 1)
    }
    var best = base + cost(inside)
    var (sum, size) = (base, 0)
    for position in 0..<count {
      sum += prices[order[position]]
      let value = sum + cost(inside + position + 1)
      if value < best { (best, size) = (value, position + 1) }
    }
    for position in 0..<size { set |= 1 << UInt64(order[position]) }
    return (best, set)
  }
}
