import Foundation

/// Fits methods to a simulation; their strengths are chosen by folds of the training rows, or on the
/// validation rows.
struct SparseContest {
  /// A part of the training rows to fit and rows to judge by.
  private struct Trial {
    let problem: SparseProblem
    let solver: SparseSolver
    let held: [SparseTask]

    init(_ training: [SparseTask], _ held: [SparseTask], searchRounds: Int) throws(SparseError) {
      problem = try SparseProblem(training)
      let effort = SparseSolver.Effort(searchRounds: searchRounds)
      (solver, self.held) = (SparseSolver(problem, effort: effort), held)
    }
  }

  let simulation: SparseSimulation
  let supportSize: Int
  private let problem: SparseProblem
  private let solver: SparseSolver
  private let trials: [Trial]

  /// - Parameter folds: 0 for the validation rows.
  init(
    _ simulation: SparseSimulation, supportSize: Int, folds: Int = 0
  ) throws(SparseError) {
    (self.simulation, self.supportSize) = (simulation, supportSize)
    problem = try SparseProblem(simulation.training)
    solver = SparseSolver(problem)
    var trials: [Trial] = []
    for fold in 0..<folds {
      // Rows are independent: every folds-th one is as good as a draw.
      trials.append(
        try Trial(
          SparseTask.rows(of: simulation.training) { $0 % folds != fold },
          SparseTask.rows(of: simulation.training) { $0 % folds == fold }, searchRounds: 10))
    }
    if folds == 0 {
      trials = [try Trial(simulation.training, simulation.validation, searchRounds: 50)]
    }
    self.trials = trials
  }

  /// The settings of the smallest mean error over trials, fitted to all training rows.
  func tuned(_ settings: [SparseSettings]) throws(SparseError) -> SparseFit {
    let ordered = SparsePath.ordered(settings)
    var errors = Array(repeating: 0.0, count: ordered.count)
    for trial in trials {
      let fits = try SparsePath(trial.solver).run(ordered)
      for (place, fit) in fits.enumerated() { errors[place] += error(of: fit, on: trial.held) }
    }
    return try solver.fit(ordered[smallest(errors)])
  }

  /// The convex competitor of the smallest mean error over trials among those that use no more features
  /// than the others.
  func lasso(groupShares: [Double]) -> SparseFit {
    let paths = groupShares.map { share -> (fits: [SparseFit], errors: [Double]) in
      let lasso = RowLasso(groupShare: share)
      let strengths = lasso.strengths(problem)
      let fits = lasso.path(problem, strengths: strengths, supportSize: Double(supportSize))
      let tried = Array(strengths.prefix(fits.count))
      var errors = Array(repeating: 0.0, count: tried.count)
      for trial in trials {
        for (place, fit) in lasso.path(trial.problem, strengths: tried).enumerated() {
          errors[place] += error(of: fit, on: trial.held)
        }
      }
      return (fits, errors)
    }
    return paths.flatMap(\.fits)[smallest(paths.flatMap(\.errors))]
  }

  private func smallest(_ errors: [Double]) -> Int {
    errors.indices.reduce(0) { errors[$1] < errors[$0] ? $1 : $0 }
  }

  /// L0L2, Zbar+L2, Bbar and a common support: the second and third at half the ridge of the first.
  func methods() throws(SparseError) -> [(name: String, fit: SparseFit)] {
    let s = supportSize
    let ridges = [0.3, 0.1, 0.03, 0.01, 1e-3]
    let alone = try tuned(ridges.map { SparseSettings(supportSize: s, ridge: $0) })
    let ridge = alone.settings.ridge / 2
    let ties = SparseGrid.supportSimilarities(
      count: 8, tasks: problem.taskCount, supportSize: s, features: problem.featureCount)
    let zbar = try tuned(
      ties.map { SparseSettings(supportSize: s, ridge: ridge, supportSimilarity: $0) })
    let bbar = try tuned(
      SparseGrid.coefficientSimilarities(count: 6).map {
        SparseSettings(supportSize: s, ridge: ridge, coefficientSimilarity: $0)
      })
    let common = try tuned(
      ridges.map { SparseSettings(supportSize: s, sharing: .common, ridge: $0) })
    return [("L0L2", alone), ("Zbar+L2", zbar), ("Bbar", bbar), ("common support", common)]
  }

  /// The mean over tasks of √ mean squared error.
  func error(of fit: SparseFit, on tasks: [SparseTask]) -> Double {
    let errors = zip(fit.tasks, tasks).map {
      SparseMetrics.rootMeanSquaredError($0.scores(of: $1.design), of: $1)
    }
    return errors.reduce(0, +) / Double(max(1, errors.count))
  }

  /// Test error relative to the first method's, F1, and homogeneity of supports.
  func measured(_ methods: [(name: String, fit: SparseFit)]) -> [SparseMeasurement] {
    let base = methods.first.map { error(of: $0.fit, on: simulation.test) } ?? 1
    return methods.map { name, fit in
      let recovery = SparseMetrics.recovery(
        fit.supports, truth: simulation.supports, features: problem.featureCount)
      return SparseMeasurement(
        name,
        [
          ("log RMSE ratio", log(error(of: fit, on: simulation.test) / base)),
          ("F1", recovery.f1), ("homogeneity", SupportPattern.homogeneity(of: fit.supports)),
        ])
    }
  }
}

extension SparseTask {
  /// Some rows of tasks, which share their predictors where the tasks do.
  fileprivate static func rows(
    of tasks: [SparseTask], where isKept: (Int) -> Bool
  ) throws(SparseError) -> [SparseTask] {
    var known: [ObjectIdentifier: DesignMatrix] = [:]
    var parts: [SparseTask] = []
    for task in tasks {
      let rows = (0..<task.design.rowCount).filter(isKept)
      let key = ObjectIdentifier(task.design)
      let design =
        known[key]
        ?? DesignMatrix(rowCount: rows.count, columnCount: task.design.columnCount) {
          task.design[rows[$0], $1]
        }
      known[key] = design
      parts.append(
        try SparseTask(
          task.name, design: design, response: rows.map { task.response[$0] }, kind: task.kind))
    }
    return parts
  }
}
