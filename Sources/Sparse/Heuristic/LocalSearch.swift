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
  let memory: SolverMemory
  /// The most rounds over all tasks.
  var roundLimit = 50

  private var objective: Objective { refitter.objective }
  private var problem: SparseProblem { objective.problem }
  private var settings: SparseSettings { objective.settings }

  /// - Parameter trace: F after each accepted move is appended.
  func run(from start: SparseCoefficients, trace: inout [Double]) -> SparseCoefficients {
    var b = start
    var value = objective.value(b)
    for _ in 0..<roundLimit {
      var hasMoved = false
      if settings.sharing == .heterogeneous {
        for k in problem.tasks.indices {
          guard let moves = taskMoves(k, b), let move = moves.best else { continue }
          var supports = b.supports
          supports[k] = moves.support(after: move)
          if accept(supports, move.change, &b, &value, &trace) { hasMoved = true }
        }
      }
      if !hasMoved, movesRows {
        for move in rowMoves(b)?.best() ?? []
        where accept(move.supports, move.change, &b, &value, &trace) {
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

  /// Nil where the support's features depend on each other.
  func taskMoves(_ k: Int, _ b: SparseCoefficients) -> TaskMoves? {
    guard let table = MoveTable(refitter, task: k, at: b, memory[k]) else { return nil }
    return TaskMoves(table, task: k, use(b), supportSize: settings.supportSize)
  }

  private func rowMoves(_ b: SparseCoefficients) -> RowMoves? {
    let tables = problem.tasks.indices.compactMap {
      MoveTable(refitter, task: $0, at: b, memory[$0])
    }
    guard tables.count == problem.taskCount else { return nil }
    return RowMoves(settings: settings, tables: tables, use: use(b))
  }

  private func use(_ b: SparseCoefficients) -> PatternUse {
    PatternUse(b.supports, features: problem.featureCount, settings)
  }

  private func accept(
    _ supports: [[Int]], _ change: Double, _ b: inout SparseCoefficients, _ value: inout Double,
    _ trace: inout [Double]
  ) -> Bool {
    guard change < -1e-9 * max(abs(value), 1e-9) else { return false }
    let next = refitter.run(supports, from: b)
    let reached = objective.value(next)
    guard reached < value - 1e-10 * max(abs(value), 1e-9) else { return false }
    (b, value) = (next, reached)
    trace.append(value)
    return true
  }
}
