import Foundation
import RankineCompiler
import RankineData
import RankineLanguage
import RankineRuntime
import Testing

@testable import RankineTraining

/// Balancing rules in training.
struct BalancingRunTests {
  private let data = SmallData(rowCount: 90)

  private func model(_ rule: any Balancing) -> Model {
    smallModel(balancing: rule) {
      Huber().on(.continuous)
      CrossEntropy().on(.binary)
    }
  }

  private func scores(_ rule: any Balancing, epochs: Int = 6) throws -> [Double] {
    let dataset = try data.dataset([Outcome("y", .continuous)])
    let fit = try model(rule).fit(dataset, options: .quick(epochs: epochs))
    return try fit.predict(dataset.table).tasks[0].scores
  }

  private static let plainForOneTask: [any Balancing] = [
    SampleShares(), DynamicWeightAverage(), GradNorm(), GradNorm(form: .original), RandomWeights(),
    ExcessMTL(), MGDA(), PCGrad(), GradVac(), GradDrop(), UPGrad(), AlignedMTL(),
  ]
  /// Rules whose weight of a lone task is a quotient of equal numbers.
  private static let nearlyPlainForOneTask: [any Balancing] = [GeometricMean(), FAMO()]
  /// Rules that change a lone gradient's length, take the logarithm of its loss, or remember it.
  private static let ownForOneTask: [any Balancing] = [
    Uncertainty(), CAGrad(), IMTL(), NashMTL(), FairGrad(), MoCo(), DBMTL(), SmoothTchebycheff(),
    SDMGrad(), MoDo(),
  ]

  @Test func everyRuleIsHeldAgainstTrainingWithoutBalancing() {
    let held = Self.plainForOneTask + Self.nearlyPlainForOneTask + Self.ownForOneTask
    let missing = Set(Catalog.balancings.map(\.summary)).subtracting(held.map(\.summary))
    #expect(missing == [Uniform().summary])
  }

  /// The exceptions are exceptions: their run is another one.
  @Test(arguments: ownForOneTask.indices)
  func oneTaskIsTrainedInAnotherWayByRulesThatChangeLengths(_ index: Int) throws {
    let rule = Self.ownForOneTask[index]
    let (own, plain) = (try scores(rule), try scores(Uniform()))
    let isFinite = own.allSatisfy(\.isFinite)
    #expect(isFinite && own != plain, "\(rule.summary)")
  }

  /// With one task nothing is to be balanced: the same training run, bit for bit.
  @Test(arguments: plainForOneTask.indices)
  func oneTaskIsTrainedAsWithoutBalancing(_ index: Int) throws {
    let rule = Self.plainForOneTask[index]
    #expect(try scores(rule) == scores(Uniform()), "\(rule.summary)")
  }

  @Test(arguments: nearlyPlainForOneTask.indices)
  func oneTaskIsTrainedAsWithoutBalancingWithinRounding(_ index: Int) throws {
    let rule = Self.nearlyPlainForOneTask[index]
    for (a, b) in zip(try scores(rule), try scores(Uniform())) {
      // Adam turns rounding of a gradient near 0 into a step.
      #expect(abs(a - b) < 1e-2, "\(rule.summary)")
    }
  }

  @Test(arguments: Catalog.balancings.indices)
  func everyRuleTrainsTwoTasksToOrderThem(_ index: Int) throws {
    let rule = Catalog.balancings[index]
    let dataset = try data.dataset([Outcome("y", .continuous), Outcome("z", .binary)])
    var options = TrainingOptions.quick(epochs: 60)
    options.learningRate = 0.01
    let fit = try model(rule).fit(dataset, options: options)
    for (name, metrics) in fit.metrics.tasks {
      let concordance = try #require(metrics[.concordance])
      #expect(concordance > 0.7, "\(rule.summary), \(name): \(concordance)")
    }
    for epoch in fit.history {
      #expect(epoch.weights.count == 2)
      for weight in epoch.weights { #expect(weight.isFinite, "\(rule.summary)") }
    }
  }

  @Test func theHistoryHasTheMeanWeightsOfAnEpoch() throws {
    let dataset = try data.dataset([Outcome("y", .continuous), Outcome("z", .binary)])
    let fit = try model(Uncertainty()).fit(dataset, options: .quick(epochs: 3))
    let start = 0.5 * 1.6487212707001282
    #expect(abs(fit.history[0].weights[0] - start) < 0.05)
    #expect(fit.history[2].weights[0] != fit.history[1].weights[0])
    let table = try fit.historyTable()
    let column = try #require(table.columns.first { $0.name == "z.weight" })
    #expect(try column.numbers() == fit.history.map { $0.weights[1] })
    let plain = try model(Uniform()).fit(dataset, options: .quick(epochs: 1))
    #expect(plain.history[0].weights == [1, 1])
  }

  /// What FAMO learns from is the fall of the log-losses of the same rows over the step itself.
  @Test func famoSeesTheLossesAfterTheStep() throws {
    let dataset = try data.dataset([Outcome("y", .continuous), Outcome("z", .binary)])
    let features = try dataset.preprocessor(fittedOn: Array(0..<90)).transform(dataset.table)
    let tasks = dataset.outcomes.map { TaskDescription(name: $0.name, scale: $0.scale) }
    let lowered = try LoweredModel(
      model(FAMO(decay: 0)), features: features.columnCount, tasks: tasks)
    let options = TrainingOptions.quick()
    let programs = try TrainingPrograms(
      lowered, featureCount: features.columnCount, options: options)
    let trainer: Trainer<Double> = try Trainer(
      programs, sample: TrainingSample(features, outcomes: dataset.outcomes, rows: Array(0..<90)),
      held: nil, options: options, seed: 1)
    let program = try compile(
      Program("losses", graph: lowered.graph, outputs: [("losses", lowered.objective().perTask)]))
    let rows = (0..<16).map { Int32($0) }
    trainer.storage.setIndices(LeafName.rows, rows)
    let losses = try program.bind(
      ["batch": 16, "sample": 90], storage: trainer.storage, pool: ThreadPool(threads: 1))
    losses.run()
    let before = losses.output("losses")
    _ = try rows.withUnsafeBufferPointer { try trainer.step($0) }
    losses.run()
    let after = losses.output("losses")
    let fall = zip(before, after).map { Foundation.log($0) - Foundation.log($1) }
    let slope = (fall[0] - fall[1]) / 4
    // 10⁻⁸ is added to a loss before its logarithm is taken.
    let moment = trainer.storage.values("balancing.logitsFirstMoment")
    #expect(abs(moment[0] - 0.1 * slope) < 1e-9)
    #expect(abs(moment[1] + 0.1 * slope) < 1e-9)
    #expect(abs(slope) > 1e-6)
  }
}
