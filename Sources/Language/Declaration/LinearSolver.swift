import RankineData

/// Finds the weights of one linear score a task in its own way, instead of by training steps.
///
///     Model {
///       EachTask { Dense(1) }
///       Objective { Squared() }
///     }
///     .solved(by: solver)
///
/// The fitted model scores, calibrates, reports and is stored like a trained one.
public protocol LinearSolver: Sendable {
  /// The declaration as Swift, with the value of every hyperparameter in its place; at least one line.
  var declaration: [String] { get }

  /// Whether held rows decide something, such as a strength.
  var makesChoices: Bool { get }

  /// - Throws: a `UserError` that names the task whose outcome it has no loss for.
  func check(_ tasks: [TaskDescription]) throws

  /// - Parameter threads: parts of the work may run side by side.
  /// - Throws: a `UserError` that names the task whose outcome it has no loss for.
  func solve(_ sample: LinearSample, threads: Int) throws -> LinearSolution
}

/// What a solver may know: features, outcomes, and rows to fit and to judge by.
public struct LinearSample: Sendable {
  /// Rows that a fit learns from, and rows that judge it.
  public struct Trial: Sendable {
    public let training: [Int]
    public let held: [Int]

    public init(training: [Int], held: [Int]) {
      (self.training, self.held) = (training, held)
    }
  }

  /// Standardized features of all rows.
  public let features: FeatureMatrix
  /// One a task, of all rows; NaN where the task does not have the row.
  public let outcomes: [OutcomeValues]
  /// One trial with the validation rows, or one for each fold.
  public let trials: [Trial]
  /// The rows that the final fit learns from.
  public let rows: [Int]

  public init(features: FeatureMatrix, outcomes: [OutcomeValues], trials: [Trial], rows: [Int]) {
    (self.features, self.outcomes, self.trials, self.rows) = (features, outcomes, trials, rows)
  }
}

/// The scores that a solver found, and how.
public struct LinearSolution: Sendable {
  /// A strength that was tried.
  public struct Choice: Sendable {
    public let strength: Double
    /// Features with a weight that is not zero, on average over trials.
    public let featureCount: Double
    /// Scores of the held rows of each trial, one list a task.
    public let heldScores: [[[Double]]]

    public init(strength: Double, featureCount: Double, heldScores: [[[Double]]]) {
      (self.strength, self.featureCount) = (strength, featureCount)
      self.heldScores = heldScores
    }
  }

  /// Something worth keeping with the model, such as a certificate.
  public struct Finding: Sendable {
    public let name: String
    public let text: String

    public init(name: String, text: String) {
      (self.name, self.text) = (name, text)
    }
  }

  /// One list of weights of the features a task.
  public let weights: [[Double]]
  /// One a task.
  public let intercepts: [Double]
  /// The strengths that were tried, from the largest down; the scores of the chosen one stand for rows
  /// that a fit has not seen.
  public let choices: [Choice]
  /// Which of the choices was kept.
  public let chosen: Int
  public let findings: [Finding]

  /// - Precondition: `chosen` is one of the choices.
  public init(
    weights: [[Double]], intercepts: [Double], choices: [Choice], chosen: Int,
    findings: [Finding] = []
  ) {
    precondition(choices.indices.contains(chosen), "one of the choices is kept")
    (self.weights, self.intercepts, self.choices) = (weights, intercepts, choices)
    (self.chosen, self.findings) = (chosen, findings)
  }
}
