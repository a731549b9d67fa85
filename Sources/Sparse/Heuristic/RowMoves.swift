/// Changes of rows of the pattern: a feature is replaced, or dropped, for all tasks that use it, or taken
/// up by all that do not.
struct RowMoves {
  /// Supports, and the change of F that is expected of them.
  struct Move {
    var change: Double
    var supports: [[Int]]
  }

  let settings: SparseSettings
  /// One a task.
  let tables: [MoveTable]
  let use: PatternUse

  /// So many moves are kept.
  private static let count = 8

  private var supports: [[Int]] { tables.map(\.support) }

  /// The most promising moves, best first.
  func best() -> [Move] {
    let (supports, p) = (supports, use.users.count)
    var found: [Move] = []
    func consider(_ change: Double, _ edit: (inout [[Int]]) -> Void) {
      guard change < 0, found.count < Self.count || change < found[found.count - 1].change else {
        return
      }
      var edited = supports
      edit(&edited)
      found.append(Move(change: change, supports: edited.map { $0.sorted() }))
      found.sort { $0.change < $1.change }
      if found.count > Self.count { found.removeLast() }
    }
    for i in Set(supports.joined()).sorted() { replace(i, consider) }
    for j in 0..<p where use.users[j] < tables.count {
      if settings.sharing == .common, use.users[j] > 0 { continue }
      takeUp(j, consider)
    }
    return found
  }

  /// Feature i dropped by all that use it, and each other feature in its place.
  private func replace(_ i: Int, _ consider: (Double, (inout [[Int]]) -> Void) -> Void) {
    let holders = tables.indices.filter { use.isInside[$0][i] }
    let places = holders.map { tables[$0].support.firstIndex(of: i) ?? 0 }
    let dropping = zip(holders, places).reduce(0) { $0 + tables[$1.0].dropping($1.1) }
    let leaving = use.change(i, by: -holders.count)
    consider(dropping + leaving) { supports in
      for k in holders { supports[k].removeAll { $0 == i } }
    }
    for j in use.users.indices where j != i {
      var (change, entering) = (0.0, 0)
      for (k, place) in zip(holders, places) {
        if use.isInside[k][j] {
          change += tables[k].dropping(place)
        } else {
          change += tables[k].swapping(place, for: j)
          entering += 1
        }
      }
      guard entering > 0 else { continue }
      consider(change + leaving + use.change(j, by: entering)) { supports in
        for k in holders {
          supports[k].removeAll { $0 == i }
          if !use.isInside[k][j] { supports[k].append(j) }
        }
      }
    }
  }

  /// Feature j for all tasks that do not use it, each in the place of its least useful feature.
  private func takeUp(
    _ j: Int, _ consider: (Double, (inout [[Int]]) -> Void) -> Void
  ) {
    var change = 0.0
    var dropped: [(task: Int, feature: Int?)] = []
    for (k, table) in tables.enumerated() where !use.isInside[k][j] {
      if table.support.count < settings.supportSize {
        change += table.adding(j)
        dropped.append((k, nil))
      } else if settings.sharing == .common {
        // A common support that is full can only swap rows.
        return
      } else {
        var best = (change: Double.infinity, place: 0)
        for place in table.support.indices {
          let here = table.swapping(place, for: j) + use.change(table.support[place], by: -1)
          if here < best.change { best = (here, place) }
        }
        guard best.change < .infinity else { return }
        change += table.swapping(best.place, for: j)
        dropped.append((k, table.support[best.place]))
      }
    }
    change += use.change(j, by: dropped.count)
    if use.isTied {
      // Several tasks may leave one feature.
      for (place, entry) in dropped.enumerated() {
        guard let i = entry.feature else { continue }
        let before = dropped[..<place].count { $0.feature == i }
        change += use.change(i, by: -1, after: -before)
      }
    }
    consider(change) { supports in
      for (k, i) in dropped {
        if let i { supports[k].removeAll { $0 == i } }
        supports[k].append(j)
      }
    }
  }
}
