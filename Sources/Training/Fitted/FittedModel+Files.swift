import Foundation
import RankineData
import RankineEvaluation
import RankineSupport

/// A run directory: `model.json`, `weights.safetensors`, `selected.csv`, `metrics.json`,
/// `history.csv`, `strengths.csv`, `predictions.csv` for the test rows, and `trials.csv` where validation
/// chose among hyperparameters.
extension FittedModel {
  /// The file that makes a folder a run directory.
  public static let modelFile: String = "model.json"
  private static let weightsFile = "weights.safetensors"
  private static let metricsFile = "metrics.json"

  /// Writes a run directory, whole or not at all.
  ///
  /// - Parameter isReplacing: whether an earlier run at that place may be replaced.
  /// - Throws: `FileError` (`already-exists`, `cannot-write`).
  public func write(to path: String, isReplacing: Bool = false) throws {
    try writeDirectory(
      at: URL(fileURLWithPath: path), marker: Self.modelFile, isReplacing: isReplacing
    ) { try writeFiles(into: $0) }
  }

  /// Writes the files of a run directory into a folder that exists.
  ///
  /// - Throws: `FileError` (`cannot-write`).
  public func writeFiles(into folder: URL) throws {
    let record = ModelRecord(self)
    try RecordFile.write(record, to: folder.appendingPathComponent(Self.modelFile))
    try weightFile(record).write(to: folder.appendingPathComponent(Self.weightsFile))
    try RecordFile.write(metrics, to: folder.appendingPathComponent(Self.metricsFile))
    try selectedTable().write(to: folder.appendingPathComponent("selected.csv"))
    try historyTable().write(to: folder.appendingPathComponent("history.csv"))
    try strengthTable().write(to: folder.appendingPathComponent("strengths.csv"))
    if !trials.isEmpty {
      try trialTable().write(to: folder.appendingPathComponent("trials.csv"))
    }
    if let test = testPredictions {
      try test.predictions.table(rows: test.rows, identifiers: test.identifiers)
        .write(to: folder.appendingPathComponent("predictions.csv"))
    }
  }

  /// Reads a run directory, which may come from anywhere. Predictions are bit for bit those of the
  /// model that was written.
  ///
  /// - Throws: `FileError` for files that are missing or malformed, `TrainingError` (`bad-run`) for
  ///   files that do not belong together.
  public init(contentsOf path: String) throws {
    let folder = URL(fileURLWithPath: path)
    let record = try RecordFile.read(
      ModelRecord.self, from: folder.appendingPathComponent(Self.modelFile))
    try record.check()
    let weights = try WeightFile(contentsOf: folder.appendingPathComponent(Self.weightsFile))
    let members = try record.networks.map { network in
      Member(
        tasks: network.tasks,
        scorer: try Self.scorer(network, weights, precision: record.options.precision),
        units: network.units, weights: network.weights)
    }
    for member in members {
      guard member.scorer.taskCount == member.tasks.count,
        member.weights.map({ $0.count == member.tasks.count }) ?? true,
        member.units.map({ $0.count == member.tasks.count }) ?? true,
        member.scorer.featureCount == record.preprocessor.featureNames.count
      else {
        throw StoredInstruction.damaged(
          "it leads from \(member.scorer.featureCount) features to "
            + "\(member.scorer.taskCount) scores")
      }
    }
    let metrics = try RecordFile.read(
      TaskMetrics.self, from: folder.appendingPathComponent(Self.metricsFile))
    self.init(
      name: record.name, declaration: record.declaration, settings: record.settings,
      outcomes: record.outcomes, preprocessor: record.preprocessor,
      calibrations: record.calibrations, features: record.features, chosen: record.chosen,
      strengths: record.strengths, history: [], options: record.options, seed: record.seed,
      parts: nil, metrics: metrics, testPredictions: nil, findings: record.findings ?? [],
      trials: record.trials ?? [], version: record.version, command: record.command,
      members: members)
  }

  // MARK: Weights

  private func weightFile(_ record: ModelRecord) -> WeightFile {
    var file = WeightFile(metadata: ["format": "rankine", "version": version])
    for (network, member) in zip(record.networks, members) {
      let scorer = member.scorer
      for (name, extents) in scorer.extents.sorted(by: { $0.key < $1.key }) {
        let values = scorer.weights[name]
        file.append(
          network.prefix + name, shape: extents,
          scorer.precision == .double ? .double(values) : .float(values.map { Float($0) }))
      }
    }
    return file
  }

  private static func scorer(
    _ network: ModelRecord.Network, _ file: WeightFile, precision: Precision
  ) throws -> Scorer {
    var weights = ParameterSet()
    var extents: [String: [Int]] = [:]
    for tensor in file.tensors where tensor.name.hasPrefix(network.prefix) {
      let name = String(tensor.name.dropFirst(network.prefix.count))
      extents[name] = tensor.shape
      switch tensor.values {
      case .float(let values): weights.values[name] = values.map { Double($0) }
      case .double(let values): weights.values[name] = values
      }
      guard weights[name].allSatisfy(\.isFinite) else {
        throw TrainingError(
          "bad-run", at: weightsFile, "\"\(tensor.name)\" holds a number that is not finite",
          hint: "the file is damaged")
      }
    }
    do {
      return try Scorer(network.formula, weights: weights, extents: extents, precision: precision)
    } catch let error as any UserError where error.code != "bad-run" {
      // Weights that do not fit the formula: the files are of two runs.
      throw StoredInstruction.damaged(error.message)
    }
  }
}
