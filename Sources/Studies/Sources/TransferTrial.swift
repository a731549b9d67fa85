import RankineData
import RankineEvaluation
import RankineLanguage
import RankineSupport
import RankineTraining
import RankineZoo

/// A way to predict a new task.
public enum TransferMethod: String, Sendable, CaseIterable {
  /// The factors of a dual encoder of the old tasks, coefficients drawn to its centre as far as validation
  /// says.
  case transfer
  /// The same with the centre itself for coefficients.
  case centre
  /// A network of the new task's rows alone.
  case scratch
  /// One network and one coefficient vector for all six tasks.
  case pooled
  /// A dual encoder of all six tasks.
  case joint
}

/// One replication: the old tasks once, and the new one with each number of rows.
struct TransferTrial {
  private let study: TransferStudy
  private let cell: TransferCell

  init(_ cell: TransferCell, of study: TransferStudy) {
    (self.cell, self.study) = (cell, study)
  }

  /// - Throws: `DataError`, `ModelError`, `TrainingError`.
  func run(threads: Int) throws -> TransferRecord {
    var simulation = study.simulation
    simulation.scenario = cell.scenario
    simulation.trainingCounts.append(study.rowCounts.max() ?? 0)
    let drawn = try simulation.replication(cell.replication)
    let outcomes = drawn.dataset.declarations
    let table = drawn.dataset.table
    let newValues = drawn.dataset.outcomes[outcomes.count - 1].values
    func isNew(_ row: Int) -> Bool { !newValues[row].isNaN }
    let old = try Dataset(table, outcomes: Array(outcomes.dropLast()))
    let new = try Dataset(table, outcomes: Array(outcomes.suffix(1)))
    let oldParts = Parts(
      training: drawn.parts.training.filter { !isNew($0) },
      validation: drawn.parts.validation.filter { !isNew($0) }, test: [])
    let newRows = drawn.parts.training.filter(isNew), test = drawn.parts.test.filter(isNew)
    var random = CounterRandom(
      seed: simulation.seed, named: "transfer study replication \(cell.replication)")
    // Short enough to be typed again after --seed.
    let seed = random.next() >> 40
    let encoder = study.encoder
    func fit(_ model: some ModelDeclaration, _ data: Dataset, _ parts: Parts) throws -> FittedModel
    {
      try model.fit(data, parts: parts, seed: seed, options: study.options, threads: threads)
    }
    let source = try fit(encoder, old, oldParts)
    let errors = try study.rowCounts.map { count in
      let training = Array(newRows[..<(7 * count / 10)])
      let parts = Parts(
        training: training, validation: Array(newRows[(7 * count / 10)..<count]), test: test)
      let joined = Parts(
        training: oldParts.training + parts.training,
        validation: oldParts.validation + parts.validation, test: test)
      return try TransferMethod.allCases.map { method in
        let found: FittedModel
        switch method {
        case .transfer, .centre:
          var options = study.options
          if method == .centre { options.strengths = [TransferredEncoder.strengths[0]] }
          found = try source.transferred(
            to: new, parts: parts, ownFactors: 0, seed: seed, options: options, threads: threads)
        case .scratch:
          var alone = encoder
          (alone.sharedFactors, alone.sparsity) = (0, 0.01)
          found = try fit(alone, new, parts)
        case .pooled:
          var pooled = encoder
          (pooled.ownFactors, pooled.selection) = (0, .fixed(1000))
          found = try fit(pooled, drawn.dataset, joined)
        case .joint: found = try fit(encoder, drawn.dataset, joined)
        }
        return error(of: found, task: outcomes[outcomes.count - 1].name, test.map { newValues[$0] })
      }
    }
    return TransferRecord(
      cell: cell, setup: study.setup,
      errors: TransferMethod.allCases.indices.map { method in errors.map { $0[method] } })
  }

  private func error(of fit: FittedModel, task: String, _ values: [Double]) -> Double {
    let mean = Statistics.mean(values)
    let variance = Statistics.mean(values.map { ($0 - mean) * ($0 - mean) })
    let error = fit.metrics.tasks[task]?[.rmse] ?? .nan
    return error * error / variance
  }
}
