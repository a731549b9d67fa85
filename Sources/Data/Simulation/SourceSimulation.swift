import RankineSupport

/// Data of tasks that have rows of their own: their predictors may have different laws, and their
/// responses may depend on shared and on own factors in different ways.
///
///     Y_r = βᵣ'C(x) + αᵣ'Sᵣ(x) + ε,   ε ~ N(0, 0.5²)
///     C(x) = (tanh a'x, (b'x)² − 1, sin c'x),   Sᵣ(x) = (relu e₁'x, relu e₂'x)
///     X_r ~ N(h_x uᵣ, Σᵣ),   Σᵣ,ij = min(0.5 + 0.1 h_x r, 0.9)^|i−j|
///     βᵣ = c + h_y δᵣ,   c = (2, −1.5, 1),   ‖αᵣ‖ = ρ
///
/// with uᵣ and δᵣ random unit vectors and all directions a, b, c, e of independent N(0, 1/p) entries.
///
/// - Source: a design for arXiv:2505.24281, whose own settings are not public. Directions have variance
///   1/p, so that the square is not divided by p again.
public struct SourceSimulation: Sendable, Codable, Equatable {
  /// What differs between tasks.
  public var scenario: Scenario
  /// p.
  public var predictorCount: Int = 20
  /// Training rows of each task.
  public var trainingCounts: [Int] = [60, 80, 100, 150, 200]
  /// Validation rows of each task.
  public var validationCount: Int = 100
  /// Test rows of each task.
  public var testCount: Int = 500
  /// The standard deviation of ε.
  public var noise: Double = 0.5
  /// The seed of all replications.
  public var seed: UInt64

  public init(_ scenario: Scenario, seed: UInt64 = 1) {
    (self.scenario, self.seed) = (scenario, seed)
  }

  /// What differs between tasks.
  public enum Scenario: String, Sendable, Codable, CaseIterable, Comparable {
    /// Nothing: one sample in parts.
    case homogeneous = "A"
    /// The law of the predictors: h_x = 1.
    case distribution = "B"
    /// The coefficients of shared factors: h_y = 1.5.
    case posterior = "C"
    /// Both, and own factors: h_x = 1, h_y = 1.5, ρ = 1.
    case both = "D"
    /// One task has the opposite coefficients, the others equal ones.
    case outlier = "E"
    /// Everything: independent coefficients, ρ = 2.
    case unrelated = "F"

    /// In the order of their letters.
    public static func < (first: Scenario, second: Scenario) -> Bool {
      first.rawValue < second.rawValue
    }

    /// In tables.
    public var title: String {
      switch self {
      case .homogeneous: "A, homogeneous"
      case .distribution: "B, other laws of predictors"
      case .posterior: "C, other coefficients"
      case .both: "D, both, and own factors"
      case .outlier: "E, an outlying task"
      case .unrelated: "F, unrelated"
      }
    }

    /// h_x, h_y and ρ.
    var levels: (distribution: Double, posterior: Double, own: Double) {
      switch self {
      case .homogeneous, .outlier: (0, 0, 0)
      case .distribution: (1, 0, 0)
      case .posterior: (0, 1.5, 0)
      case .both: (1, 1.5, 1)
      case .unrelated: (0, 0, 2)
      }
    }
  }

  /// The coefficients that tasks have in common.
  static let centre = [2, -1.5, 1]

  /// Draws one replication.
  ///
  /// - Parameter replication: its number; each has its own stream of random numbers, and scenarios share
  ///   the directions of factors.
  /// - Returns: tasks `y.1`, `y.2`, … of the sources in the column `task`.
  /// - Throws: `DataError` `bad-simulation` for a parameter out of range.
  public func replication(_ replication: Int) throws(DataError) -> SimulatedSources {
    try validate()
    var random = CounterRandom(seed: seed, named: "sources-\(replication)")
    let truth = SourceTruth(self, random: &random)
    var predictors = Array(repeating: [Double](), count: predictorCount)
    var (response, signals): ([Double], [Double]) = ([], [])
    var tasks: [String] = []
    var (training, validation, test): ([Int], [Int], [Int]) = ([], [], [])
    for (task, count) in trainingCounts.enumerated() {
      let total = count + validationCount + testCount
      for position in 0..<total {
        let x = truth.predictors(of: task, random: &random)
        let signal = truth.signal(x, of: task)
        for (column, value) in x.enumerated() { predictors[column].append(value) }
        signals.append(signal)
        let row = response.count
        response.append(signal + noise * random.normal())
        tasks.append("\(task + 1)")
        if position < count {
          training.append(row)
        } else if position < count + validationCount {
          validation.append(row)
        } else {
          test.append(row)
        }
      }
    }
    let columns = predictors.enumerated().map { Column("x\($0 + 1)", numbers: $1) }
    let table = try Table(
      "scenario \(scenario.rawValue)",
      columns: columns + [Column("task", texts: tasks), Column("y", numbers: response)])
    let outcomes = try Outcome("y", .continuous).split(bySourcesIn: "task", of: table)
    return SimulatedSources(
      dataset: try Dataset(table, outcomes: outcomes),
      parts: Parts(training: training, validation: validation, test: test), signals: signals,
      coefficients: truth.shared)
  }

  private func validate() throws(DataError) {
    func require(_ holds: Bool, _ message: String, _ hint: String) throws(DataError) {
      if holds { return }
      throw DataError("bad-simulation", in: "the simulation", message, hint: hint)
    }
    try require(
      predictorCount >= 1, "there are \(predictorCount) predictors", "ask for at least 1")
    try require(
      trainingCounts.count >= 2 && trainingCounts.allSatisfy { $0 >= 2 },
      "the tasks have \(trainingCounts) training rows",
      "give two tasks or more at least 2 rows each")
    try require(
      validationCount >= 0 && testCount >= 1,
      "there are \(validationCount) validation and \(testCount) test rows",
      "ask for at least 1 test row")
    try require(noise >= 0 && noise.isFinite, "the noise is \(noise)", "give at least 0")
  }
}

/// One replication of tasks with rows of their own.
public struct SimulatedSources: Sendable {
  /// What a model sees.
  public let dataset: Dataset
  /// The rows of each part, those of all tasks.
  public let parts: Parts
  /// The response of each row without its error.
  public let signals: [Double]
  /// βᵣ, one list a task.
  public let coefficients: [[Double]]
}
