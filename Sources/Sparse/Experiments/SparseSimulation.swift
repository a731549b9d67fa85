import Foundation
import RankineSupport

/// Tasks with known supports and coefficients.
struct SparseSimulation {
  /// Training, validation and test rows of all tasks.
  var training: [SparseTask]
  var validation: [SparseTask]
  var test: [SparseTask]
  /// The true features of each task.
  let supports: [[Int]]

  /// Rows whose features have the correlations ρ^|i − j|.
  static func design(
    rows: Int, features: Int, correlation: Double, _ random: inout CounterRandom
  ) -> DesignMatrix {
    var values = [Double]()
    values.reserveCapacity(rows * features)
    let rest = (1 - correlation * correlation).squareRoot()
    for _ in 0..<rows {
      var last = random.normal()
      values.append(last)
      for _ in 1..<max(1, features) {
        last = correlation * last + rest * random.normal()
        values.append(last)
      }
    }
    return DesignMatrix(rowCount: rows, columnCount: features) { values[$0 * features + $1] }
  }

  /// - Parameters:
  ///   - coefficients: of each task, with as many numbers as features.
  ///   - noise: standard deviation of each task's noise.
  ///   - sharesRows: whether all tasks have the same rows.
  init(
    rows: Int, coefficients: [[Double]], noise: [Double], correlation: Double, sharesRows: Bool,
    _ random: inout CounterRandom
  ) throws(SparseError) {
    let features = coefficients.first?.count ?? 0
    supports = coefficients.map { own in own.indices.filter { own[$0] != 0 } }
    (training, validation, test) = ([], [], [])
    for part in 0..<3 {
      var made: [SparseTask] = []
      let shared = Self.design(
        rows: rows, features: features, correlation: correlation, &random)
      for (k, own) in coefficients.enumerated() {
        let design =
          sharesRows || k == 0
          ? shared
          : Self.design(rows: rows, features: features, correlation: correlation, &random)
        var response = (0..<rows).map { _ in noise[k] * random.normal() }
        design.add(own, columns: supports[k], to: &response)
        made.append(try SparseTask("task \(k + 1)", design: design, response: response))
      }
      switch part {
      case 0: training = made
      case 1: validation = made
      default: test = made
      }
    }
  }
}

/// Fits methods to a simulation, their strengths chosen on its validation rows.
struct SparseContest {
  let simulation: SparseSimulation
  let supportSize: Int
  private let problem: SparseProblem
  private let solver: SparseSolver

  init(_ simulation: SparseSimulation, supportSize: Int) throws(SparseError) {
    (self.simulation, self.supportSize) = (simulation, supportSize)
    problem = try SparseProblem(simulation.training)
    solver = SparseSolver(problem)
  }

  /// The best of a path by validation error, fitted again without a start.
  func tuned(_ settings: [SparseSettings]) throws(SparseError) -> SparseFit {
    let fits = try SparsePath(solver).run(SparsePath.ordered(settings))
    let best = best(fits)
    let again = try solver.fit(best.settings)
    return again.objective < best.objective ? again : best
  }

  /// The path's fit of the smallest validation error.
  func best(_ fits: [SparseFit]) -> SparseFit {
    let errors = fits.map { error(of: $0, on: simulation.validation) }
    return fits[errors.indices.reduce(0) { errors[$1] < errors[$0] ? $1 : $0 }]
  }

  /// The convex competitor of the smallest validation error, with as many features as the others.
  func lasso(groupShares: [Double]) -> SparseFit {
    best(
      groupShares.flatMap {
        RowLassoPath(groupShare: $0).path(problem, supportSize: Double(supportSize))
      })
  }

  /// L0L2, Zbar+L2, Bbar and a common support: the last three at the ridges that theirs find.
  func methods() throws(SparseError) -> [(name: String, fit: SparseFit)] {
    let s = supportSize
    let (tasks, p) = (problem.taskCount, problem.featureCount)
    let ridges = [0.3, 0.1, 0.03, 0.01, 1e-3]
    let alone = try tuned(ridges.map { SparseSettings(supportSize: s, ridge: $0) })
    let ties = SparseGrid.supportSimilarities(
      count: 8, tasks: tasks, supportSize: s, features: p)
    let zbar = try tuned(
      ties.map {
        SparseSettings(supportSize: s, ridge: alone.settings.ridge / 2, supportSimilarity: $0)
      })
    let bbar = try tuned(
      SparseGrid.coefficientSimilarities(count: 6).map {
        SparseSettings(
          supportSize: s, ridge: alone.settings.ridge / 2, coefficientSimilarity: $0)
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
  func measured(
    _ point: String, _ methods: [(name: String, fit: SparseFit)]
  ) -> [SparseMeasurement] {
    let base = methods.first.map { error(of: $0.fit, on: simulation.test) } ?? 1
    return methods.map { name, fit in
      let recovery = SparseMetrics.recovery(
        fit.supports, truth: simulation.supports, features: problem.featureCount)
      return SparseMeasurement(
        point, name,
        [
          ("log RMSE ratio", log(error(of: fit, on: simulation.test) / base)),
          ("F1", recovery.f1), ("homogeneity", SupportPattern.homogeneity(of: fit.supports)),
        ])
    }
  }
}
