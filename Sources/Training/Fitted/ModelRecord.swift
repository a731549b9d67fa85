import RankineData
import RankineEvaluation

/// The content of `model.json`: all of a fitted model but the numbers of its networks.
struct ModelRecord: Codable {
  /// The version of this layout. A reader refuses a later one.
  static let currentFormat = 1

  /// A network: the formula of its scores, and what its arrays are called in the weights' file.
  struct Network: Codable {
    let tasks: [Int]
    /// In front of the names of its arrays.
    let prefix: String
    let formula: StoredGraph
    /// What its scores are standardized by before they are averaged; nil where it is the only network of
    /// its tasks.
    let units: [ScoreUnit]?
    /// What it counts for each of its tasks; nil where all networks count alike.
    let weights: [Double]?
  }

  let format: Int
  let version: String
  let command: String?
  let name: String
  let declaration: String
  let settings: [FittedModel.Setting]
  let seed: UInt64
  let options: TrainingOptions
  let rows: RowCounts?
  let outcomes: [Outcome]
  let preprocessor: Preprocessor
  let calibrations: [Calibration]
  let features: [FeatureImportance]
  let chosen: [StrengthRecord]
  let strengths: [StrengthRecord]
  let networks: [Network]
  /// Absent in records of trained models.
  let findings: [FittedModel.Setting]?
  /// Absent in records of models without a grid.
  let trials: [HyperparameterTrial]?

  /// How many rows each part had.
  struct RowCounts: Codable {
    let training: Int
    let validation: Int
    let test: Int
  }

  init(_ fit: FittedModel) {
    format = Self.currentFormat
    (version, command) = (fit.version, fit.command)
    (name, declaration, settings) = (fit.name, fit.declaration, fit.settings)
    (seed, options) = (fit.seed, fit.options)
    rows = fit.parts.map {
      RowCounts(
        training: $0.training.count, validation: $0.validation.count, test: $0.test.count)
    }
    (outcomes, preprocessor) = (fit.outcomes, fit.preprocessor)
    (calibrations, features) = (fit.calibrations, fit.features)
    (chosen, strengths) = (fit.chosen, fit.strengths)
    findings = fit.findings.isEmpty ? nil : fit.findings
    trials = fit.trials.isEmpty ? nil : fit.trials
    networks = fit.members.enumerated().map { position, member in
      Network(
        tasks: member.tasks, prefix: fit.members.count > 1 ? "network.\(position)." : "",
        formula: member.scorer.formula, units: member.units, weights: member.weights)
    }
  }

  /// - Throws: `TrainingError` (`bad-run`) when the parts do not belong together.
  func check() throws(TrainingError) {
    func require(_ holds: Bool, _ reason: String) throws(TrainingError) {
      guard !holds else { return }
      throw TrainingError(
        "bad-run", at: "model.json", reason,
        hint: "the file is damaged or was written by another version")
    }
    try require(format <= Self.currentFormat, "its format \(format) is newer than this program")
    try require(!outcomes.isEmpty, "it has no task")
    try require(
      preprocessor.isConsistent, "its preprocessor does not have one scale for each feature")
    try require(calibrations.count == outcomes.count, "tasks and calibrations differ in number")
    try require(
      features.count == preprocessor.featureNames.count
        && features.allSatisfy {
          $0.relevance.count == outcomes.count
            && $0.ownNorms?.count ?? outcomes.count == outcomes.count
        },
      "its features are not those of its preprocessor and tasks")
    let tasks = networks.flatMap(\.tasks).sorted()
    let isAverage = !networks.contains { $0.units == nil }
    try require(
      (isAverage ? Set(tasks).sorted() : tasks) == Array(outcomes.indices),
      "its networks score tasks \(tasks)")
    for units in networks.compactMap(\.units) {
      try require(units.allSatisfy { $0.deviation > 0 }, "a network has scores without a spread")
    }
    for task in outcomes.indices {
      try require(
        weights(ofTask: task).reduce(0, +) > 0,
        "the weights of the networks of task \(task) are none")
    }
    for (outcome, calibration) in zip(outcomes, calibrations) {
      try require(
        calibration.fits(outcome), "the calibration of \"\(outcome.name)\" does not fit it")
    }
  }
}

extension ModelRecord {
  /// What the networks of a task count; NaN for what no weight can be.
  private func weights(ofTask task: Int) -> [Double] {
    networks.compactMap { network in
      guard let position = network.tasks.firstIndex(of: task) else { return nil }
      guard let weights = network.weights else { return 1 }
      guard weights.indices.contains(position), (0..<Double.infinity).contains(weights[position])
      else { return .nan }
      return weights[position]
    }
  }
}

extension Calibration {
  /// Whether it predicts on the scale of an outcome.
  fileprivate func fits(_ outcome: Outcome) -> Bool {
    switch (self, type(of: outcome.type).scale) {
    case (.continuous, .continuous), (.count, .count), (.censored, .censored): true
    case (.binary, .binary): outcome.levels.count == 2
    case (.ordinal(let levels), .ordinal):
      levels.thresholds.count == outcome.levels.count - 1
        && levels.atLeast.count == levels.thresholds.count
    default: false
    }
  }
}
