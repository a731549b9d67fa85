/// Changes of the supports by single features, as long as one lowers F.
///
/// Tasks take turns: each swaps, adds or drops the feature that lowers F most, with its coefficients
/// fitted again. Where no task can move alone and the supports are tied together, rows of the pattern
/// move: a feature is replaced, or dropped, for all tasks that use it, or taken up by all that do not.
///
/// - Source: arXiv:2212.08697, its local combinatorial search, with refitted coefficients instead of one
///   new coefficient, and with moves of several tasks.
struct LocalSearch {
  let refitter: SupportRefit
  let memory: GramMemory
  /// The most rounds over all tasks.
  var roundLimit = 50

  private var objective: Objective { refitter.objective }
  private var problem: SparseProblem { objective.problem }
  private var settings: SparseSettings { objective.settings }

  /// A change of supports and what it is expected to change in F.
  private struct Move {
    var change: Double
    var supports: [[Int]]
  }

  /// - Parameter trace: F after each accepted move is appended.
  func run(from start: SparseCoefficients, trace: inout [Double]) -> SparseCoefficients {
    var b = start
    var value = objective.value(b)
    for _ in 0..<roundLimit {
      var hasMoved = false
      if settings.sharing == .heterogeneous {
        for k in problem.tasks.indices {
          guard let table = table(k, b) else { continue }
          let move = singleMove(k, table, b.supports)
          if accept(move, &b, &value, &trace) { hasMoved = true }
        }
      }
      if !hasMoved, movesRows {
        for move in rowMoves(b) where accept(move, &b, &value, &trace) {
          hasMoved = true
          break
        }
      }
      if !hasMoved { break }
    }
    return b
  }

  private var movesRows: Bool {
    settings.sharing == .common
      || problem.taskCount > 1
        && (settings.supportSimilarity > 0 || settings.coefficientSimilarity > 0)
  }

  private func table(_ k: Int, _ b: SparseCoefficients) -> MoveTable? {
    MoveTable(refitter, task: k, at: b, memory[k])
  }

  private func accept(
    _ move: Move, _ b: inout SparseCoefficients, _ value: inout Double, _ trace: inout [Double]
  ) -> Bool {
    guard move.change < -1e-9 * max(abs(value), 1e-9) else { return false }
    let next = refitter.run(move.supports, from: b)
    let reached = objective.value(next)
    guard reached < value - 1e-10 * max(abs(value), 1e-9) else { return false }
    (b, value) = (next, reached)
    trace.append(value)
    return true
  }

  // MARK: One task

  private func singleMove(_ k: Int, _ table: MoveTable, _ supports: [[Int]]) -> Move {
    let (users, p) = (users(supports), problem.featureCount)
    let pattern = settings.effectiveSupportSimilarity / 2
    let tasks = problem.taskCount
    func cost(_ j: Int, _ step: Int) -> Double {
      pattern
        * (SupportPattern.heterogeneity(users: users[j] + step, of: tasks)
          - SupportPattern.heterogeneity(users: users[j], of: tasks))
    }
    let own = supports[k]
    let isInside = membership(own)
    let entering = (0..<p).map { isInside[$0] ? 0 : cost($0, 1) }
    var best = Move(change: 0, supports: supports)
    func consider(_ change: Double, dropping position: Int?, adding j: Int?) {
      guard change < best.change else { return }
      var support = own
      if let position { support.remove(at: position) }
      if let j { support.append(j) }
      best.change = change
      best.supports = supports
      best.supports[k] = support.sorted()
    }
    for (position, i) in own.enumerated() {
      let leaving = cost(i, -1)
      consider(table.dropping(position) + leaving, dropping: position, adding: nil)
      for j in 0..<p where !isInside[j] {
        let change = table.swapping(position, for: j) + leaving + entering[j]
        if change < best.change { consider(change, dropping: position, adding: j) }
      }
    }
    if own.count < settings.supportSize {
      for j in 0..<p where !isInside[j] {
        consider(table.adding(j) + entering[j], dropping: nil, adding: j)
      }
    }
    return best
  }

  // MARK: Several tasks

  /// The most promising moves of rows of the pattern, best first.
  private func rowMoves(_ b: SparseCoefficients) -> [Move] {
    let tables = problem.tasks.indices.compactMap { table($0, b) }
    guard tables.count == problem.taskCount else { return [] }
    let (supports, p) = (b.supports, problem.featureCount)
    let inside = supports.map(membership)
    let users = users(supports)
    var found: [Move] = []
    func consider(_ change: Double, _ edit: (inout [[Int]]) -> Void) {
      guard change < 0, found.count < 8 || change < found[found.count - 1].change else { return }
      var edited = supports
      edit(&edited)
      found.append(Move(change: change, supports: edited.map { $0.sorted() }))
      found.sort { $0.change < $1.change }
      if found.count > 8 { found.removeLast() }
    }
    for i in b.union {
      let holders = problem.tasks.indices.filter { inside[$0][i] }
      let places = holders.map { tables[$0].support.firstIndex(of: i) ?? 0 }
      let dropping = zip(holders, places).reduce(0) { $0 + tables[$1.0].dropping($1.1) }
      consider(dropping + pattern(users, [(i, -holders.count)])) { supports in
        for k in holders { supports[k].removeAll { $0 == i } }
      }
      for j in 0..<p where j != i {
        var (change, entering) = (0.0, 0)
        for (k, place) in zip(holders, places) {
          if inside[k][j] {
            change += tables[k].dropping(place)
          } else {
            change += tables[k].swapping(place, for: j)
            entering += 1
          }
        }
        guard entering > 0 else { continue }
        change += pattern(users, [(i, -holders.count), (j, entering)])
        consider(change) { supports in
          for k in holders {
            supports[k].removeAll { $0 == i }
            if !inside[k][j] { supports[k].append(j) }
          }
        }
      }
    }
    for j in 0..<p where users[j] < problem.taskCount {
      if settings.sharing == .common, users[j] > 0 { continue }
      takeUp(j, tables, inside, users, consider)
    }
    return found
  }

  /// Feature j for all tasks that do not use it, each in the place of its least useful feature.
  private func takeUp(
    _ j: Int, _ tables: [MoveTable], _ inside: [[Bool]], _ users: [Int],
    _ consider: (Double, (inout [[Int]]) -> Void) -> Void
  ) {
    var (change, steps) = (0.0, [(feature: Int, step: Int)]())
    var dropped: [(task: Int, feature: Int?)] = []
    for (k, table) in tables.enumerated() where !inside[k][j] {
      if table.support.count < settings.supportSize {
        change += table.adding(j)
        dropped.append((k, nil))
      } else if settings.sharing == .common {
        // A common support that is full can only swap rows.
        return
      } else {
        var best = (change: Double.infinity, place: 0)
        for place in table.support.indices {
          let alone = pattern(users, [(table.support[place], -1)])
          let here = table.swapping(place, for: j) + alone
          if here < best.change { best = (here, place) }
        }
        guard best.change < .infinity else { return }
        let i = table.support[best.place]
        change += table.swapping(best.place, for: j)
        steps.append((i, -1))
        dropped.append((k, i))
      }
    }
    steps.append((j, dropped.count))
    consider(change + pattern(users, steps)) { supports in
      for (k, i) in dropped {
        if let i { supports[k].removeAll { $0 == i } }
        supports[k].append(j)
      }
    }
  }

  // MARK: The pattern

  /// The change of λ_z/2 Σ m (K − m)/K when features gain or lose users.
  private func pattern(_ users: [Int], _ steps: [(feature: Int, step: Int)]) -> Double {
    let strength = settings.effectiveSupportSimilarity / 2
    guard strength > 0 else { return 0 }
    var totals: [Int: Int] = [:]
    for (feature, step) in steps { totals[feature, default: 0] += step }
    let tasks = problem.taskCount
    // Whole numbers over K: the order of the sum does not show.
    let change = totals.reduce(0) { sum, entry in
      let (before, after) = (users[entry.key], users[entry.key] + entry.value)
      return sum + after * (tasks - after) - before * (tasks - before)
    }
    return strength * Double(change) / Double(tasks)
  }

  private func users(_ supports: [[Int]]) -> [Int] {
    var users = Array(repeating: 0, count: problem.featureCount)
    for j in supports.joined() { users[j] += 1 }
    return users
  }

  private func membership(_ support: [Int]) -> [Bool] {
    var isInside = Array(repeating: false, count: problem.featureCount)
    for j in support { isInside[j] = true }
    return isInside
  }
}
