/// All changes of one task's support by a feature, each with what it does to F when the task's
/// coefficients are fitted again.
struct TaskMoves {
  /// A feature that leaves, one that enters, or both.
  struct Move {
    /// Of F.
    var change: Double
    /// The position in the support of what leaves.
    var leaving: Int?
    var entering: Int?
  }

  let task: Int
  private let table: MoveTable
  private let use: PatternUse
  private let supportSize: Int

  init(_ table: MoveTable, task: Int, _ use: PatternUse, supportSize: Int) {
    (self.table, self.task, self.use, self.supportSize) = (table, task, use, supportSize)
  }

  /// Calls with each move: deletions, swaps, and additions where there is room for them.
  @inline(__always)
  func forEach(_ body: (Move) -> Void) {
    let isInside = use.isInside[task]
    let entering = isInside.indices.map { isInside[$0] ? 0 : use.change($0, by: 1) }
    for (position, i) in table.support.enumerated() {
      let leaving = use.change(i, by: -1)
      body(Move(change: table.dropping(position) + leaving, leaving: position))
      for j in isInside.indices where !isInside[j] {
        let change = table.swapping(position, for: j) + leaving + entering[j]
        body(Move(change: change, leaving: position, entering: j))
      }
    }
    guard table.support.count < supportSize else { return }
    for j in isInside.indices where !isInside[j] {
      body(Move(change: table.adding(j) + entering[j], entering: j))
    }
  }

  /// The move that lowers F most; nil where none does.
  var best: Move? {
    var best = Move(change: 0)
    forEach { if $0.change < best.change { best = $0 } }
    return best.change < 0 ? best : nil
  }

  /// The task's features after a move, ascending.
  func support(after move: Move) -> [Int] {
    var support = table.support
    if let leaving = move.leaving { support.remove(at: leaving) }
    if let entering = move.entering { support.append(entering) }
    return support.sorted()
  }
}
