import RankineData
import RankineEvaluation
import RankineLanguage
import Synchronization
import Testing

@testable import RankineTraining

/// Data and options that are less usual.
struct FitVariantTests {
  let small = SmallData()
  let tasks = [Outcome("y", .continuous), Outcome("z", .binary)]

  @Test func rowsWithoutAnOutcomeDoNotTrainItsTask() throws {
    // Rows 0, 3, 6, … have no y. With a single task they cannot leave a trace, whatever their features.
    let y = small.y.enumerated().map { $0 % 3 == 0 ? .nan : $1 }
    let outcome = OutcomeValues(name: "y", type: ContinuousOutcome(), values: y)
    let rows = Array(0..<small.rowCount)
    var moved = small.predictors
    for row in rows where y[row].isNaN { for j in 0..<6 { moved[row * 6 + j] = 100 } }
    let lowered = try LoweredModel(
      smallModel { [Huber()] }, features: 6,
      tasks: [TaskDescription(name: "y", scale: .continuous)])
    let options = TrainingOptions.quick(epochs: 3)
    let programs = try TrainingPrograms(lowered, featureCount: 6, options: options)
    let weights = try [small.predictors, moved].map { values in
      let features = FeatureMatrix(
        names: (0..<6).map { "x\($0)" }, rowCount: rows.count, values: values)
      let trainer = try Trainer<Double>(
        programs, sample: TrainingSample(features, outcomes: [outcome], rows: rows), held: nil,
        options: options, seed: 1)
      return try trainer.train(strength: 0).last
    }
    #expect(weights[0] == weights[1])
  }

  @Test func tasksMayHaveDifferentRows() throws {
    let y = small.y.enumerated().map { $0 % 2 == 0 ? .nan : $1 }
    let fit = try smallModel().fit(small.dataset(tasks, y: y), options: .quick(epochs: 60))
    #expect(try #require(fit.metrics.tasks["y"]?[.concordance]) > 0.75)
    #expect(fit.metrics.tasks["y"]?.count == 12)
    #expect(fit.metrics.tasks["z"]?.count == 24)
  }

  @Test(
    arguments: [PenaltyStep.subgradient, .proximalElementwise, .proximalShared],
    [OptimizerKind.adam, .gradientDescent])
  func everyStepKindLowersTheLoss(_ step: PenaltyStep, _ optimizer: OptimizerKind) throws {
    var options = TrainingOptions.quick(epochs: 20)
    (options.penaltyStep, options.optimizer) = (step, optimizer)
    if optimizer == .gradientDescent { options.learningRate = 0.1 }
    let fit = try smallModel(.fixed(1e-3)).fit(small.dataset(tasks), options: options)
    let losses = fit.history.map(\.loss)
    #expect(try #require(losses.last) < losses[0] - 0.1)
  }

  @Test func aWarmPathStartsWhereTheStrongerPenaltyEnded() throws {
    var options = TrainingOptions.quick(epochs: 10)
    options.strengths = [0.2, 0.1]
    let data = try SmallData(rowCount: 300).dataset(tasks)
    let fresh = try smallModel(.path(count: 2)).fit(data, options: options)
    options.pathStart = .warm
    let warm = try smallModel(.path(count: 2)).fit(data, options: options)
    #expect(warm.strengths[0] == fresh.strengths[0])
    func firstLoss(_ fit: FittedModel, _ index: Int) throws -> Double {
      try #require(fit.history.first { $0.strengthIndex == index }).loss
    }
    #expect(try firstLoss(warm, 1) < firstLoss(fresh, 1))
  }

  @Test func theSecondPathWeighsColumnsByTheFirst() throws {
    var options = TrainingOptions.quick(epochs: 15)
    options.adaptiveWeights = .always
    let fit = try smallModel(.path(count: 3)).fit(
      SmallData(rowCount: 300).dataset(tasks), options: options)
    #expect(
      fit.strengths.map(\.stage) == Array(repeating: "path", count: 3)
        + Array(repeating: "adaptive", count: 3))
    let best = try #require(fit.strengths.map(\.criterion).max())
    #expect(fit.chosen[0].criterion == best)
  }

  @Test func progressCountsTheFitsOfAStage() throws {
    let seen = Mutex<[Int]>([])
    _ = try smallModel(.path(count: 3)).fit(
      SmallData(rowCount: 300).dataset(tasks), options: .quick(epochs: 2), threads: 2
    ) { progress in
      #expect(progress.fitCount == 3 && progress.stage == "path" && progress.task == nil)
      seen.withLock { $0.append(progress.completedFits) }
    }
    #expect(seen.withLock { $0 } == [1, 2, 3])
  }
}
