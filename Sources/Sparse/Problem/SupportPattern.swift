/// How far the supports of tasks differ.
public enum SupportPattern {
  /// m (K − m)/K: what a feature that m of K tasks use adds to Σₖ ‖z_k − z̄‖².
  public static func heterogeneity(users m: Int, of tasks: Int) -> Double {
    Double(m * (tasks - m)) / Double(tasks)
  }

  /// Σₖ ‖z_k − z̄‖².
  ///
  /// - Parameter supports: features of each task.
  public static func heterogeneity(of supports: [[Int]]) -> Double {
    var users: [Int: Int] = [:]
    for feature in supports.joined() { users[feature, default: 0] += 1 }
    // Whole numbers over K: the order of the sum does not show.
    let sum = users.values.reduce(0) { $0 + $1 * (supports.count - $1) }
    return supports.isEmpty ? 0 : Double(sum) / Double(supports.count)
  }

  /// The largest Σₖ ‖z_k − z̄‖² that K supports of s of p features can have: K·s uses, spread as
  /// evenly as can be. For K s ≤ p it is s (K − 1).
  public static func largestHeterogeneity(tasks: Int, supportSize: Int, features: Int) -> Double {
    guard features > 0 else { return 0 }
    let uses = tasks * min(supportSize, features)
    let (each, left) = (uses / features, uses % features)
    return Double(left) * heterogeneity(users: each + 1, of: tasks)
      + Double(features - left) * heterogeneity(users: each, of: tasks)
  }

  /// The mean over pairs of tasks of |S_k ∩ S_l| over the mean size of all supports: 1 for a common
  /// support, 0 for disjoint ones; 1 for a single task or empty supports.
  public static func homogeneity(of supports: [[Int]]) -> Double {
    let size = Double(supports.reduce(0) { $0 + $1.count }) / Double(max(1, supports.count))
    guard supports.count > 1, size > 0 else { return 1 }
    var shared = 0
    for (position, support) in supports.enumerated() {
      let own = Set(support)
      for other in supports[(position + 1)...] { shared += other.count { own.contains($0) } }
    }
    let pairs = Double(supports.count * (supports.count - 1) / 2)
    return Double(shared) / pairs / size
  }
}
