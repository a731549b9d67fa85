/// What fits of one problem compute once: columns of X'X, the losses' largest curvatures, the
/// factors of a ridge regression, and the fits without ties that others start from.
final class SolverMemory {
  private let problem: SparseProblem
  private let columns: [GramColumns]
  private var starts: [Start: SparseCoefficients] = [:]
  /// Of each task's loss, over all features.
  private(set) lazy var curvatures: [Double] = problem.curvatures
  /// The regression of all features; of gaussian tasks alone.
  private(set) lazy var ridgeSystem: RidgeSystem = RidgeSystem(problem)

  init(_ problem: SparseProblem) {
    self.problem = problem
    var known: [ObjectIdentifier: GramColumns] = [:]
    columns = problem.tasks.map { task in
      let key = ObjectIdentifier(task.design)
      let found = known[key] ?? GramColumns(task.design)
      known[key] = found
      return found
    }
  }

  /// X'X/n of a task; tasks of the same design share it.
  subscript(task: Int) -> GramColumns { columns[task] }

  /// Coefficients that fits begin with.
  enum Start: Hashable {
    /// By descent alone.
    case descended(SparseSettings)
    /// By descent, refit and local search.
    case solved(SparseSettings)
  }

  /// The coefficients that were made for this start before, else those that are made now.
  func start(_ start: Start, _ make: () -> SparseCoefficients) -> SparseCoefficients {
    if let known = starts[start] { return known }
    let made = make()
    starts[start] = made
    return made
  }
}

extension SparseProblem {
  /// An upper estimate of the largest eigenvalue of X'X/n times the loss's curvature, one a task, by power
  /// iteration; tasks of the same design share the iteration.
  var curvatures: [Double] {
    var known: [ObjectIdentifier: Double] = [:]
    return tasks.map { task in
      let key = ObjectIdentifier(task.design)
      let found = known[key] ?? task.design.largestEigenvalue
      known[key] = found
      return found * task.curvature
    }
  }
}

extension DesignMatrix {
  /// σ²_max/n by fifteen power iterations; steps that it makes too long are halved by who takes them.
  fileprivate var largestEigenvalue: Double {
    var direction = (0..<columnCount).map { 1 + Double($0 % 7) / 7 }
    let all = Array(0..<columnCount)
    var largest = 0.0
    for _ in 0..<15 {
      var image = Array(repeating: 0.0, count: rowCount)
      add(direction, columns: all, to: &image)
      multiplyTransposed(image, columns: nil, into: &direction)
      let length = dot(direction, direction).squareRoot()
      let factor = dot(image, image)
      guard length > 0, factor > 0 else { break }
      largest = max(largest, length * length / factor)
      for j in direction.indices { direction[j] /= length }
    }
    return largest / Double(rowCount)
  }
}
