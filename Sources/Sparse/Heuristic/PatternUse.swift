/// Who uses which feature, and what a change of that does to the pattern term.
struct PatternUse {
  /// m_j.
  let users: [Int]
  /// Whether a task uses a feature.
  let isInside: [[Bool]]
  private let tasks: Int
  /// λ_z/2.
  private let strength: Double

  init(_ supports: [[Int]], features: Int, _ settings: SparseSettings) {
    var users = Array(repeating: 0, count: features)
    var isInside = supports.map { _ in Array(repeating: false, count: features) }
    for (k, support) in supports.enumerated() {
      for j in support {
        users[j] += 1
        isInside[k][j] = true
      }
    }
    (self.users, self.isInside, tasks) = (users, isInside, supports.count)
    strength = settings.effectiveSupportSimilarity / 2
  }

  /// Whether a change of the pattern costs anything.
  var isTied: Bool { strength > 0 }

  /// The change of λ_z/2 · m (K − m)/K when a feature gains or loses users.
  ///
  /// - Parameter shift: users that it has gained before, beyond m_j.
  func change(_ j: Int, by step: Int, after shift: Int = 0) -> Double {
    let before = users[j] + shift
    let after = before + step
    return strength * Double(after * (tasks - after) - before * (tasks - before)) / Double(tasks)
  }
}
