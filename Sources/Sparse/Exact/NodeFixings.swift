/// Which features each task must use, and which it may not, at a node of the search.
struct NodeFixings: Sendable {
  let tasks: Int
  let features: Int
  /// s.
  let supportSize: Int
  /// The tasks of a feature one behind the other.
  private(set) var states: [Fixing]
  private var insideCounts: [Int]

  init(tasks: Int, features: Int, supportSize: Int) {
    (self.tasks, self.features, self.supportSize) = (tasks, features, supportSize)
    states = Array(repeating: .free, count: tasks * features)
    insideCounts = Array(repeating: 0, count: tasks)
  }

  subscript(task: Int, feature: Int) -> Fixing { states[feature * tasks + task] }

  /// How many features a task may still take.
  func capacity(_ task: Int) -> Int { supportSize - insideCounts[task] }

  /// Whether no task must use more features than it may.
  var isPossible: Bool { insideCounts.allSatisfy { $0 <= supportSize } }

  /// Features that some task may use.
  var rows: [Int] {
    (0..<features).filter { j in
      (0..<tasks).contains { states[j * tasks + $0] != .outside }
    }
  }

  /// The features that a task must use.
  func inside(_ task: Int) -> [Int] {
    insideCounts[task] == 0 ? [] : (0..<features).filter { self[task, $0] == .inside }
  }

  /// Whether every indicator is fixed.
  var isComplete: Bool { !states.contains(.free) }

  mutating func fix(_ task: Int, _ feature: Int, _ fixing: Fixing) {
    let place = feature * tasks + task
    guard states[place] == .free else { return }
    states[place] = fixing
    if fixing == .inside { insideCounts[task] += 1 }
  }

  /// Closes what follows from the fixings: a full task takes nothing more; a common support is one.
  mutating func close(_ sharing: SparseSettings.Sharing) {
    if sharing == .common {
      for j in 0..<features {
        let own = (0..<tasks).map { self[$0, j] }
        guard let known = own.first(where: { $0 != .free }), own.contains(.free) else { continue }
        for k in 0..<tasks { fix(k, j, known) }
      }
    }
    for k in 0..<tasks where capacity(k) == 0 {
      for j in 0..<features { fix(k, j, .outside) }
    }
  }
}
