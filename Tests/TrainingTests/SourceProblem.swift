import RankineData
import RankineLanguage
import RankineSupport

@testable import RankineTraining

/// A linear problem in which each task has rows of its own: y = βᵣ'x + bᵣ + noise.
struct SourceProblem {
  let dataset: Dataset
  /// Per task its rows of predictors and responses, as they stand in the data.
  let rows: [[(x: [Double], y: Double)]]

  init(
    slopes: [[Double]], sizes: [Int], noise: Double = 0.5, order: [Int]? = nil, copies: Int = 1,
    copiesOfFirst: Int? = nil, seed: UInt64 = 3
  ) throws {
    var random = CounterRandom(seed: seed)
    let drawn = zip(slopes, sizes).enumerated().map { task, pair in
      (0..<pair.1).map { _ in
        let x = pair.0.map { _ in random.normal() }
        let signal = zip(x, pair.0).reduce(Double(task)) { $0 + $1.0 * $1.1 }
        return (x: x, y: signal + noise * random.normal())
      }
    }
    rows = (order ?? Array(drawn.indices)).map { drawn[$0] }
    let flat = rows.enumerated().flatMap { task, rows in
      (0..<(task == 0 ? copiesOfFirst ?? copies : copies)).flatMap { _ in
        rows.map { (task, $0.x, $0.y) }
      }
    }
    let predictors = slopes[0].indices.map { column in
      Column("x\(column)", numbers: flat.map { $0.1[column] })
    }
    let table = try Table(
      "memory",
      columns: predictors + [
        Column("task", texts: flat.map { "\($0.0)" }), Column("y", numbers: flat.map(\.2)),
      ])
    dataset = try Dataset(
      table, outcomes: Outcome("y", .continuous).split(bySourcesIn: "task", of: table),
      features: Features(standardization: .none))
  }

  /// A trainer in Double on all rows, the targets as they are.
  func trainer(
    _ model: Model, options: TrainingOptions = TrainingOptions()
  ) throws -> Trainer<Double> {
    let all = Array(0..<dataset.rowCount)
    let features = try dataset.preprocessor(fittedOn: all).transform(dataset.table)
    let programs = try TrainingPrograms(
      LoweredModel(
        model, features: features.columnCount,
        tasks: TaskDescription.all(dataset.outcomes)),
      featureCount: features.columnCount, options: options)
    return try Trainer(
      programs, sample: TrainingSample(features, outcomes: dataset.outcomes, rows: all),
      held: nil, options: options, seed: 1)
  }

  /// The scores of all rows by the present parameters, one list a task.
  func scores(_ trainer: Trainer<Double>) throws -> [[Double]] {
    let all = Array(0..<dataset.rowCount)
    let features = try dataset.preprocessor(fittedOn: all).transform(dataset.table)
    return try Scorer(
      trainer.programs, trainer.parameters(averaged: false), precision: .double
    ).scores(of: features)
  }
}

/// The least squares coefficients of a design, by elimination.
func leastSquares(_ design: [[Double]], _ response: [Double]) -> [Double] {
  let width = design[0].count
  var system = (0..<width).map { i in
    (0..<width).map { j in design.reduce(0) { $0 + $1[i] * $1[j] } }
      + [zip(design, response).reduce(0) { $0 + $1.0[i] * $1.1 }]
  }
  for pivot in 0..<width {
    for row in 0..<width where row != pivot {
      let factor = system[row][pivot] / system[pivot][pivot]
      for column in pivot...width { system[row][column] -= factor * system[pivot][column] }
    }
  }
  return (0..<width).map { system[$0][width] / system[$0][$0] }
}
