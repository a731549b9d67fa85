import RankineData
import RankineLanguage
import RankineSupport

@testable import RankineTraining

/// A small network that trains in milliseconds.
func smallModel(
  _ strength: Strength = .none, balancing: any Balancing = Uniform(),
  @LossBuilder losses: @escaping () -> [any Loss] = { [SmoothedRank()] }
) -> Model {
  Model {
    Shared { Dense(8, activation: .silu).penalized(by: GroupLasso(strength, over: .inputs)) }
    EachTask {
      Dense(4, activation: .silu)
      Dense(1)
    }
    Objective(balancing: balancing, losses)
  }
}

/// Rows whose outcomes depend on the first two of `width` features: a continuous `y`, a binary `z`
/// and a censored `t`.
struct SmallData {
  let rowCount: Int
  let width: Int
  let predictors: [Double]
  let y: [Double]
  let z: [Double]
  let event: [Double]

  init(rowCount: Int = 120, width: Int = 6, noise: Double = 0.3, seed: UInt64 = 5) {
    var random = CounterRandom(seed: seed)
    (self.rowCount, self.width) = (rowCount, width)
    predictors = (0..<(rowCount * width)).map { _ in random.normal() }
    let x = predictors
    y = (0..<rowCount).map { 2 * x[$0 * width] - x[$0 * width + 1] + noise * random.normal() }
    z = (0..<rowCount).map {
      x[$0 * width] + x[$0 * width + 1] + noise * random.normal() > 0 ? 1 : 0
    }
    event = (0..<rowCount).map { _ in random.uniform() < 0.7 ? 1 : 0 }
  }

  func dataset(
    _ outcomes: [Outcome], y values: [Double]? = nil, standardization: Standardization = .zScore
  ) throws -> Dataset {
    try Dataset(
      predictors: (1...width).map { "x\($0)" }, values: predictors,
      outcomeColumns: [
        Column("y", numbers: values ?? y), Column("y2", numbers: values ?? y),
        Column("z", numbers: z), Column("time", numbers: y.map { $0 + 20 }),
        Column("event", numbers: event),
      ],
      outcomes: outcomes, standardization: standardization)
  }
}

extension TrainingOptions {
  /// Few epochs of small batches, and one path.
  static func quick(epochs: Int = 12) -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = epochs
    options.batchSize = 16
    options.adaptiveWeights = .never
    return options
  }
}
