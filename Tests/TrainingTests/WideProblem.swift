import RankineData
import RankineLanguage

@testable import RankineTraining

/// Two outcomes of the first features of many, trained in batches of all rows, so that training settles.
struct WideProblem {
  var model = smallModel(.path(count: 1))
  var seed: UInt64 = 1
  var epochs = 150
  /// λ in multiples of λ_max.
  var multiple = 0.3
  var columnWeights: [Double]?
  var width = 32
  static let rowCount = 80

  struct Result {
    let fit: StrengthFit
    let norms: [Double]
    /// Epochs whose steps left out features.
    let narrowEpochs: Int

    var selected: [Int] { norms.indices.filter { norms[$0] > 0 } }

    /// The last loss and the penalty.
    func objective(_ columnWeights: [Double]?) -> Double {
      let penalty = norms.enumerated().map { $1 * (columnWeights?[$0] ?? 1) }.reduce(0, +)
      return (fit.epochs.last?.loss ?? .nan) + fit.record.strength * penalty
    }
  }

  func trainer(_ choice: ActiveColumns) throws -> Trainer<Double> {
    let rows = Array(0..<Self.rowCount)
    let data = try SmallData(rowCount: Self.rowCount, width: width, seed: seed).dataset([
      Outcome("y", .continuous), Outcome("z", .binary),
    ])
    let features = try data.preprocessor(fittedOn: rows).transform(data.table)
    let tasks = data.outcomes.map { TaskDescription(name: $0.name, scale: $0.scale) }
    var options = TrainingOptions()
    options.batchSize = Self.rowCount
    options.learningRate = 0.02
    options.activeColumns = choice
    let programs = try TrainingPrograms(
      LoweredModel(model, features: width, tasks: tasks), featureCount: width, options: options)
    return try Trainer(
      programs, sample: TrainingSample(features, outcomes: data.outcomes, rows: rows), held: nil,
      options: options, seed: seed)
  }

  func fit(_ choice: ActiveColumns) throws -> Result {
    let trainer = try trainer(choice)
    let strength = try multiple * trainer.largestStrength()
    var narrowEpochs = 0
    let fit = try trainer.train(
      strength: strength, columnWeights: columnWeights, epochs: epochs
    ) { _ in
      if trainer.narrow != nil { narrowEpochs += 1 }
    }
    // The tasks' own columns, where there are no shared ones, count together.
    let norms = rootMeanSquare(trainer.programs.columnNorms(fit.last))
    return Result(fit: fit, norms: norms, narrowEpochs: narrowEpochs)
  }
}
