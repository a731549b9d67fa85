import RankineData
import RankineLanguage
import Testing

@testable import RankineTraining

struct LoopTests {
  private func trainer(
    _ outcomes: [Outcome] = [Outcome("y", .continuous)], model: Model = smallModel(),
    options: TrainingOptions = .quick(), held: [Int] = []
  ) throws -> Trainer<Double> {
    let data = try SmallData(rowCount: 60).dataset(outcomes)
    let features = try data.preprocessor(fittedOn: Array(0..<60)).transform(data.table)
    let tasks = data.outcomes.map { TaskDescription(name: $0.name, scale: $0.scale) }
    let lowered = try LoweredModel(model, features: features.columnCount, tasks: tasks)
    let programs = try TrainingPrograms(
      lowered, featureCount: features.columnCount, options: options)
    let training = (0..<60).filter { !held.contains($0) }
    return try Trainer(
      programs, sample: TrainingSample(features, outcomes: data.outcomes, rows: training),
      held: held.isEmpty ? nil : HeldRows(features, outcomes: data.outcomes, rows: held),
      options: options, seed: 1)
  }

  @Test func theBestEpochsWeightsAreKept() throws {
    var options = TrainingOptions.quick(epochs: 40)
    options.patience = 5
    options.learningRate = 0.2
    options.averagesWeights = false
    let trainer = try trainer(options: options, held: Array(40..<60))
    let fit = try trainer.train(strength: 0)
    let criteria = fit.epochs.map { meanConcordance($0.concordance) }
    let best = try #require(criteria.max())
    #expect(fit.record.bestEpoch == (criteria.firstIndex(of: best) ?? -1) + 1)
    #expect(fit.record.criterion == best)
    #expect(fit.epochs.count == min(40, fit.record.bestEpoch + 5))
    #expect(fit.record.bestEpoch < fit.epochs.count)
    #expect(trainer.heldRows?.concordance(fit.heldScores) == fit.record.concordance)
  }

  @Test func earlyStoppingCountsEpochsSinceTheBest() {
    var stopping = EarlyStopping(patience: 2)
    let accepted = [0.5, 0.5].enumerated().map { stopping.accepts($1, epoch: $0) }
    #expect(accepted == [true, false])
    #expect(!stopping.isOver(epoch: 1))
    let isBetter = stopping.accepts(0.6, epoch: 2)
    #expect(isBetter)
    #expect(!stopping.isOver(epoch: 3))
    #expect(stopping.isOver(epoch: 4))
  }

  @Test func anEpochVisitsEveryRowOnceInBatches() {
    let rows = [Array(0..<10)]
    let order = EpochOrder(blocks: rows, batchSize: 4, dropsLast: false, epoch: 3, seed: 1)
    var batches: [[Int32]] = []
    order.forEachBatch { batches.append(Array($0)) }
    #expect(batches.map(\.count) == [4, 4, 2])
    #expect(batches.joined().sorted() == Array(0..<10))
    var next: [Int32] = []
    EpochOrder(blocks: rows, batchSize: 4, dropsLast: true, epoch: 4, seed: 1)
      .forEachBatch { next += Array($0) }
    #expect(next.count == 8)
    #expect(Array(batches.joined().prefix(8)) != next)
  }

  @Test func twoEqualTasksPullTheSharedWeightsTwiceAsHard() throws {
    let once = try trainer(model: smallModel(.path(count: 2)))
    let twice = try trainer(
      [Outcome("y", .continuous), Outcome("y2", .continuous)],
      model: smallModel(.path(count: 2)))
    // The two tasks start from equal weights of their own.
    var weights = once.parameters(averaged: false)
    let single = try once.largestStrength()
    for name in weights.values.keys where name.hasPrefix("task") {
      weights.values[name] = weights[name] + weights[name]
    }
    twice.reset(to: weights)
    #expect(try abs(twice.largestStrength() - 2 * single) < 1e-12)
  }

  @Test func batchesOfAllRowsSeeTheWholeSample() throws {
    var options = TrainingOptions.quick()
    options.batchSize = 60
    let trainer = try trainer(options: options)
    trainer.begin(epoch: 0)
    let loss = try (0..<60).map { Int32($0) }.withUnsafeBufferPointer { try trainer.step($0) }
    // A pair and its mirror image share one sigmoid each: −1 ≤ loss ≤ 0.
    #expect(loss < -0.2 && loss > -0.8)
  }

  @Test func averagingFollowsItsSchedule() {
    let options = TrainingOptions()
    #expect(options.averagingFactor(epoch: 0) == 0.2)
    #expect(options.averagingFactor(epoch: 3) == 0.5)
    #expect(options.averagingFactor(epoch: 100) == 0.9)
    var plain = options
    plain.averagesWeights = false
    #expect(plain.averagingFactor(epoch: 3) == 0)
  }

  @Test func anEpochHasAtMost40StepsByDefault() {
    let options = TrainingOptions()
    #expect(options.batchSize(rowCount: 600) == 64)
    #expect(options.batchSize(rowCount: 2560) == 64)
    #expect(options.batchSize(rowCount: 2561) == 128)
    #expect(options.batchSize(rowCount: 10_000) == 256)
    #expect(options.batchSize(rowCount: 20) == 20)
  }
}
