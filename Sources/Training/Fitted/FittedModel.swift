import RankineData
import RankineEvaluation
import RankineSupport

/// A trained model: scores, calibrated predictions, and what it was found to rely on.
public struct FittedModel: Sendable {
  /// A hyperparameter's value as text.
  public struct Setting: Codable, Sendable, Equatable {
    /// As `--set NAME=VALUE` takes it.
    public let name: String
    public let value: String
  }

  /// The declaration's name.
  public internal(set) var name: String
  /// The declaration, one line a layer and a loss.
  public let declaration: String
  /// The declaration's hyperparameters.
  public internal(set) var settings: [Setting]
  /// The tasks, with the levels learned from the data.
  public let outcomes: [Outcome]
  /// From columns of a table to features, learned on training rows.
  public let preprocessor: Preprocessor
  /// One a task.
  public let calibrations: [Calibration]
  /// All features, from the largest norm to the smallest.
  public let features: [FeatureImportance]
  /// The fits that were kept, one a network: one, or one a task where tasks are independent.
  public let chosen: [StrengthRecord]
  /// Every strength that was tried.
  public let strengths: [StrengthRecord]
  /// Every epoch of every fit.
  public let history: [EpochRecord]
  /// How it was trained.
  public let options: TrainingOptions
  /// Of first weights and of the order of batches.
  public let seed: UInt64
  /// The rows of the data that it was fitted to; nil for a model read from a run directory.
  public internal(set) var parts: Parts?
  /// Metrics and predictions of the test rows (else of the validation rows, else of the training rows)
  /// of the data that it was fitted to; predictions are nil for a model read from a run directory.
  public internal(set) var metrics: TaskMetrics
  public internal(set) var testPredictions: TestPredictions?
  /// The norm of each feature's first weights in each task's network, in the order of the preprocessor's
  /// features; empty for a model read from a run directory.
  public internal(set) var taskNorms: [[Double]] = []
  /// What a solver says of its solution, such as how far from the best one it can be; empty for a
  /// trained model.
  public internal(set) var findings: [Setting] = []
  /// The combinations of a grid of hyperparameters of which this one was chosen; empty without a grid.
  public internal(set) var trials: [HyperparameterTrial] = []
  /// The version that fitted it.
  public let version: String
  /// The command line that fitted it, where one did.
  public var command: String?
  let members: [Member]

  /// The arrays of its first network by their names, each with its extents.
  package var networkWeights: [String: (values: [Double], extents: [Int])] {
    guard let scorer = members.first?.scorer else { return [:] }
    return scorer.extents.reduce(into: [:]) { $0[$1.key] = (scorer.weights[$1.key], $1.value) }
  }

  /// A network and the tasks that it scores.
  struct Member: Sendable {
    let tasks: [Int]
    let scorer: Scorer
    /// Of each of its tasks, where the scores of several networks are averaged.
    let units: [ScoreUnit]?
    /// What it counts for each of its tasks, to be divided by the sum over the task's networks; nil where
    /// all count alike.
    let weights: [Double]?
  }

  /// Predictions with the rows that they are for.
  public struct TestPredictions: Sendable {
    /// Numbers of rows in the data, from 0.
    public let rows: [Int]
    /// Their names, where a column gives them.
    public let identifiers: [String]?
    public let predictions: Predictions
  }

  /// The features with weights that are not exactly zero, from the largest norm to the smallest.
  public var selectedFeatures: [FeatureImportance] { features.filter(\.isSelected) }

  /// Whether tasks have encoders of their own, which may keep other features than the shared one.
  public var hasOwnEncoders: Bool { features.contains { $0.ownNorms != nil } }

  /// The features that a task's own encoder keeps, from the largest norm there to the smallest; empty where
  /// tasks have none.
  ///
  /// - Precondition: `task` is a place in `outcomes`.
  public func ownFeatures(of task: Int) -> [FeatureImportance] {
    let kept = features.enumerated().compactMap { place, feature in
      feature.ownNorms.map { (norm: $0[task], place: place, feature: feature) }
    }.filter { $0.norm > 0 }
    return kept.sorted { ($1.norm, $0.place) < ($0.norm, $1.place) }.map(\.feature)
  }

  /// Whether each task has a network of its own.
  public var hasIndependentTasks: Bool { members.contains { $0.tasks.count < outcomes.count } }

  // MARK: Prediction

  /// The scores of rows, one list a task: larger means a larger outcome.
  ///
  /// - Throws: `TrainingError`: `bad-features` when the features are not the preprocessor's,
  ///   `feature-too-large` for a value that the network's precision does not hold, `not-finite` for a
  ///   row so extreme that its score is no number.
  public func scores(of features: FeatureMatrix) throws -> [[Double]] {
    guard features.names == preprocessor.featureNames else {
      throw TrainingError(
        "bad-features", at: "prediction",
        "expected \(preprocessor.featureNames.count) features, got \(features.columnCount), or "
          + "their names differ",
        hint: "make them with the model's preprocessor")
    }
    try features.check(fits: options.precision)
    var scores = outcomes.map { _ in [Double]() }
    var whole = outcomes.map { _ in 0.0 }
    for member in members {
      let own = try member.scorer.scores(of: features)
      for (task, values) in zip(member.tasks, own) {
        guard let row = values.firstIndex(where: { !$0.isFinite }) else { continue }
        throw TrainingError(
          "not-finite", at: "task \"\(outcomes[task].name)\"",
          "the score of row \(row + 1) is \(values[row])",
          hint: "look for a predictor of this row that is far from those of training")
      }
      for (position, task) in member.tasks.enumerated() {
        let values = member.units?[position].standardized(own[position]) ?? own[position]
        let weight = member.weights?[position] ?? 1
        scores[task].add(values, weight: weight)
        whole[task] += weight
      }
    }
    return zip(scores, whole).map { sum, whole in whole == 1 ? sum : sum.map { $0 / whole } }
  }

  /// Predicts rows of a table that has the columns of the predictors.
  ///
  /// - Parameter rows: all rows when nil.
  /// - Throws: `DataError` naming missing columns or stray texts.
  public func predict(_ table: Table, rows: [Int]? = nil) throws -> Predictions {
    try predict(preprocessor.transform(table, rows: rows, precision: options.precision))
  }

  /// Predicts rows whose features the model's preprocessor made.
  public func predict(_ features: FeatureMatrix) throws -> Predictions {
    let scores = try scores(of: features)
    let tasks = outcomes.indices.map { task in
      let calibrated = scores[task].map(calibrations[task].predict)
      let scale = Swift.type(of: outcomes[task].type).scale
      let isClass = scale == .binary || scale == .ordinal
      return Predictions.Task(
        name: outcomes[task].name, levels: isClass ? outcomes[task].levels : [],
        scores: scores[task], values: calibrated.map(\.value),
        probabilities: isClass ? calibrated.map { $0.probability ?? .nan } : nil,
        levelProbabilities: isClass ? calibrated.map(\.levelProbabilities) : [])
    }
    return Predictions(
      tasks: tasks, nominal: nominalPredictions(tasks), rowCount: features.rowCount)
  }

  // MARK: Evaluation

  /// The metrics of each task whose outcome a table has, on the rows that have it.
  ///
  /// - Parameter rows: all rows when nil.
  /// - Throws: `DataError` for predictors that are missing, outcomes that cannot be read, or when no
  ///   task has its columns.
  public func evaluate(_ table: Table, rows: [Int]? = nil) throws -> TaskMetrics {
    let rows = rows ?? Array(0..<table.rowCount)
    let present = outcomes.filter { $0.hasColumnsAndRows(in: table) }
    let read = try (present.isEmpty ? outcomes : present).map { try $0.read(from: table) }
    return try metrics(
      of: scores(of: preprocessor.transform(table, rows: rows, precision: options.precision)),
      outcomes: read, rows: rows)
  }

  func metrics(
    of scores: [[Double]], outcomes known: [OutcomeValues], rows: [Int]
  ) throws -> TaskMetrics {
    var metrics: [String: Metrics] = [:]
    for outcome in known {
      guard let task = outcomes.firstIndex(where: { $0.name == outcome.name }) else { continue }
      metrics[outcome.name] = calibrations[task].metrics(
        of: outcome, rows: rows, scores: scores[task])
    }
    let nominal = nominalMetrics(of: scores, outcomes: known, rows: rows)
    return TaskMetrics(tasks: metrics.merging(nominal) { own, _ in own })
  }
}
