import RankineSupport

/// Data from the simulation study of the deep smoothed rank estimator: settings 1 to 6.
///
/// X ~ N(0, Σ) with Σᵢⱼ = 0.5^|i−j|; two tasks on the first s predictors:
///
///     setting 1: Yₖ = gₖ + εₖ,  gₖ = 3 u(βₖ)/sd(u(βₖ)),  u(β) = x_S′β
///     setting 2: Yₖ = gₖ + εₖ,  gₖ = 2 sin(π u_a/2) + (u_b² − 1) + 2 u_c/(1 + |u_c|) + u_a u_c
///     setting 3: Yₖ = 1{gₖ > 0}, gₖ of setting 1, then flips
///     setting 4: Yₖ = 1{gₖ > c}, gₖ of setting 2, c its median, then flips
///     setting 5: task 1 as in setting 2, task 2 as in setting 4
///     setting 6: task 1 as in setting 4, task 2 as in setting 2
///
/// u_a, u_b and u_c are the indices of three blocks of s/3 predictors, each divided by its
/// standard deviation √(b′Σb).
///
/// One stream of random numbers makes a replication, and every setting takes the same draws in the
/// same order: X row by row; β₁; the redrawn positions; the redrawn entries, in the order of the
/// positions; ε₁, then ε₂ (a selector, a normal and a Cauchy draw for each row); the flips of
/// task 1, then of task 2; the split. So settings share X and β, and error options do not shift
/// later draws.
///
/// - Source: Li, Wang, Zhang & Ma, arXiv:2607.00995, simulation study. The paper's text leaves
///   Σ, g, the error share and the flip share open; the values here are this framework's.
public struct Simulation: Sendable, Codable, Equatable {
  /// How the errors of regression tasks are made.
  public enum Errors: String, Sendable, Codable, CaseIterable {
    /// N(0, 1) with probability 0.7, else Cauchy(0, 1).
    case mixture
    /// 0.7 N(0, 1) + 0.3 Cauchy(0, 1).
    case sum
    /// None: Y = g.
    case none
  }

  /// 1 to 6.
  public var setting: Int
  /// The number of rows.
  public var rowCount: Int
  /// The number of predictors.
  public var predictorCount: Int
  /// The number s of important predictors, the first ones; a multiple of 3 in settings 2, 4, 5, 6.
  public var importantCount: Int
  /// The probability that a label is flipped.
  public var flipProbability: Double
  /// The errors of regression tasks.
  public var errors: Errors
  /// Variant T: whether the second response, if a regression, is replaced by sign(y)|y|³.
  public var cubesSecondResponse: Bool
  /// The seed of all replications.
  public var seed: UInt64

  public init(
    setting: Int, rowCount: Int = 1000, predictorCount: Int = 100, importantCount: Int = 30,
    flipProbability: Double = 0.10, errors: Errors = .mixture, cubesSecondResponse: Bool = false,
    seed: UInt64 = 1
  ) {
    self.setting = setting
    self.rowCount = rowCount
    self.predictorCount = predictorCount
    self.importantCount = importantCount
    self.flipProbability = flipProbability
    self.errors = errors
    self.cubesSecondResponse = cubesSecondResponse
    self.seed = seed
  }

  /// Draws one replication.
  ///
  /// - Parameter replication: its number; each has its own stream of random numbers.
  /// - Returns: the data with predictors `x1`, `x2`, … and tasks `y1`, `y2`, and their truth.
  /// - Throws: `DataError` `bad-simulation` for a parameter out of range.
  public func replication(_ replication: Int) throws(DataError) -> SimulatedData {
    let tasks = try validated()
    var random = CounterRandom(seed: seed, named: "simulation-\(replication)")
    let predictors = drawPredictors(&random)
    let betas = drawCoefficients(&random)
    let noise = (0..<2).map { _ in (0..<rowCount).map { _ in drawError(&random) } }
    let flips = (0..<2).map { _ in (0..<rowCount).map { _ in random.uniform() < flipProbability } }
    let order = random.permutation(rowCount)

    let signals = zip(tasks, betas).map { task, beta in
      let index = SimulatedIndex(beta: beta, isNonlinear: task.isNonlinear)
      return (0..<rowCount).map { row in
        index.signal(predictors[(row * predictorCount)..<(row * predictorCount + importantCount)])
      }
    }
    let responses = (0..<2).map { task in
      (0..<rowCount).map { row in
        response(
          tasks[task], isSecond: task == 1, signal: signals[task][row], error: noise[task][row],
          isFlipped: flips[task][row])
      }
    }
    let names = (1...predictorCount).map { "x\($0)" }
    let dataset = try Dataset(
      predictors: names, values: predictors,
      outcomeColumns: responses.enumerated().map { Column("y\($0 + 1)", numbers: $1) },
      outcomes: tasks.enumerated().map { task, kind in
        kind.isClass ? Outcome("y\(task + 1)", .binary) : Outcome("y\(task + 1)", .continuous)
      })
    let truth = SimulationTruth(
      simulation: self, replication: replication, important: Array(names.prefix(importantCount)),
      betas: betas, signals: signals, split: parts(of: order))
    return SimulatedData(dataset: dataset, truth: truth)
  }

  /// Which function a task has, and whether it is a class.
  struct Task: Equatable {
    let isNonlinear: Bool
    let isClass: Bool
  }

  private func response(
    _ task: Task, isSecond: Bool, signal: Double, error: Double, isFlipped: Bool
  ) -> Double {
    if task.isClass {
      return (noiseless(task, isSecond: isSecond, signal: signal) == 1) != isFlipped ? 1 : 0
    }
    return noiseless(task, isSecond: isSecond, signal: signal + error)
  }

  /// What a task makes of a number on the scale of g: itself, its cube, or the class it lies in.
  func noiseless(_ task: Task, isSecond: Bool, signal: Double) -> Double {
    if task.isClass {
      return signal > (task.isNonlinear ? Simulation.nonlinearMedian : 0) ? 1 : 0
    }
    return isSecond && cubesSecondResponse ? signal * signal * signal : signal
  }

  /// 60 % training, 20 % validation, 20 % test.
  private func parts(of order: [Int]) -> Parts {
    let training = order.count * 3 / 5
    let validation = order.count * 4 / 5
    return Parts(
      training: order[..<training].sorted(), validation: order[training..<validation].sorted(),
      test: order[validation...].sorted())
  }
}

/// One replication of a simulation.
public struct SimulatedData: Sendable {
  /// What a model sees.
  public let dataset: Dataset
  /// What it should find.
  public let truth: SimulationTruth
}

/// What a simulated data set was made from.
public struct SimulationTruth: Sendable, Codable, Equatable {
  /// The parameters.
  public let simulation: Simulation
  /// The replication's number.
  public let replication: Int
  /// The names of the important predictors.
  public let important: [String]
  /// Per task: the coefficients of the important predictors.
  public let betas: [[Double]]
  /// Per task: the true g of each row.
  public let signals: [[Double]]
  /// The replication's own random split, 60/20/20.
  public let split: Parts

  /// Per task: the response of each row without error and flip, the best prediction that there is: g,
  /// its cube, or 1 where g is above the threshold.
  public var noiselessResponses: [[Double]] {
    zip(simulation.tasks, signals).enumerated().map { task, pair in
      pair.1.map { simulation.noiseless(pair.0, isSecond: task == 1, signal: $0) }
    }
  }
}
