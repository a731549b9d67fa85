/// Block coordinate descent over rows of the coefficients, for one λ after the other.
final class RowDescent {
  private let problem: SparseProblem
  private let penalty: RowLasso
  /// b, the tasks of a feature one behind the other.
  private var values: [Double]
  private var residuals: [[Double]]
  /// The largest xⱼ'xⱼ/n over tasks: the curvature of a row.
  private let curvatures: [Double]
  /// By how much a coefficient may move at rest.
  private let rest: Double

  private var tasks: Int { problem.taskCount }

  init(_ problem: SparseProblem, _ penalty: RowLasso) {
    (self.problem, self.penalty) = (problem, penalty)
    values = Array(repeating: 0, count: problem.taskCount * problem.featureCount)
    residuals = problem.tasks.map(\.response)
    curvatures = (0..<problem.featureCount).map { j in
      problem.tasks.reduce(0) { max($0, $1.norms[j]) }
    }
    let squares = problem.tasks.reduce(0.0) {
      $0 + dot($1.response, $1.response) / Double($1.rowCount)
    }
    rest = penalty.precision * (squares / Double(max(1, problem.taskCount))).squareRoot()
  }

  var coefficients: SparseCoefficients {
    var b = SparseCoefficients(tasks: tasks, features: problem.featureCount)
    for j in 0..<problem.featureCount {
      for k in 0..<tasks { b.values[k][j] = values[j * tasks + k] }
    }
    return b
  }

  /// P at the present coefficients.
  func value(_ strength: Double) -> Double {
    var value = 0.0
    for (task, residual) in zip(problem.tasks, residuals) {
      value += dot(residual, residual) / (2 * Double(task.rowCount))
    }
    for j in 0..<problem.featureCount where isUsed(j) {
      value += strength * penalty.penalty(row(j))
    }
    return value
  }

  /// xⱼ'r/n of each task.
  func slopes(_ j: Int) -> [Double] {
    var slopes = Array(repeating: 0.0, count: tasks)
    slopes.withUnsafeMutableBufferPointer { writeSlopes(j, $0) }
    return slopes
  }

  /// Descends to the solution at λ.
  func run(_ strength: Double) {
    var active = (0..<problem.featureCount).filter(isUsed)
    // Each round lets rows in, or is the last one.
    for _ in 0..<100 {
      descend(active, strength)
      let known = Set(active)
      let entering = (0..<problem.featureCount).filter { j in
        !known.contains(j) && penalty.isKept(slopes(j), strength * (1 + 1e-9))
      }
      if entering.isEmpty { return }
      active = (active + entering).sorted()
    }
  }

  private func isUsed(_ j: Int) -> Bool {
    (0..<tasks).contains { values[j * tasks + $0] != 0 }
  }

  private func row(_ j: Int) -> [Double] { Array(values[(j * tasks)..<((j + 1) * tasks)]) }

  private func writeSlopes(_ j: Int, _ target: UnsafeMutableBufferPointer<Double>) {
    for k in 0..<tasks {
      let task = problem.tasks[k]
      residuals[k].withUnsafeBufferPointer { residual in
        guard let first = residual.baseAddress else { return }
        target[k] = dot(task.design.column(j), first, task.rowCount) / Double(task.rowCount)
      }
    }
  }

  /// Sweeps over the active rows, most of them over those that are not 0.
  private func descend(_ active: [Int], _ strength: Double) {
    var row = Array(repeating: 0.0, count: tasks)
    var used = active
    for sweep in 0..<5000 {
      let isWhole = used.count == active.count
      var change = 0.0
      for j in used { change = max(change, visit(j, strength, &row)) }
      if change <= rest, isWhole { return }
      used = change <= rest || sweep % 10 == 9 ? active : active.filter(isUsed)
    }
  }

  /// The best row for a feature, all others fixed; the largest change.
  private func visit(_ j: Int, _ strength: Double, _ row: inout [Double]) -> Double {
    let curvature = curvatures[j]
    guard curvature > 0 else { return 0 }
    row.withUnsafeMutableBufferPointer { writeSlopes(j, $0) }
    for k in 0..<tasks { row[k] += curvature * values[j * tasks + k] }
    penalty.shrink(&row, strength)
    var change = 0.0
    for k in 0..<tasks {
      let step = row[k] / curvature - values[j * tasks + k]
      guard step != 0 else { continue }
      values[j * tasks + k] += step
      if row[k] == 0 { values[j * tasks + k] = 0 }
      change = max(change, abs(step))
      let task = problem.tasks[k]
      residuals[k].withUnsafeMutableBufferPointer { residual in
        guard let first = residual.baseAddress else { return }
        addMultiple(-step, task.design.column(j), to: first, task.rowCount)
      }
    }
    return change
  }
}
