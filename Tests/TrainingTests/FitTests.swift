import Foundation
import RankineData
import RankineEvaluation
import RankineGraph
import RankineLanguage
import Testing

@testable import RankineTraining

struct FitTests {
  let small = SmallData()
  let tasks = [Outcome("y", .continuous), Outcome("z", .binary)]

  @Test func anIncreasingTransformationOfAnOutcomeLeavesTheWeightsBitIdentical() throws {
    let plain = try smallModel(.path(count: 3)).fit(small.dataset(tasks), options: .quick())
    let bent = try smallModel(.path(count: 3)).fit(
      small.dataset(tasks, y: small.y.map { exp($0) }), options: .quick())
    #expect(plain.members[0].scorer.weights == bent.members[0].scorer.weights)
    #expect(plain.features == bent.features)
  }

  @Test func theNumberOfThreadsLeavesTheWeightsBitIdentical() throws {
    let data = try small.dataset(tasks)
    let one = try smallModel(.path(count: 3)).fit(data, options: .quick(), threads: 1)
    let two = try smallModel(.path(count: 3)).fit(data, options: .quick(), threads: 2)
    #expect(one.members[0].scorer.weights == two.members[0].scorer.weights)
    #expect(one.history == two.history)
    // A single fit has all threads to itself.
    let alone = try smallModel().fit(data, options: .quick(), threads: 1)
    let shared = try smallModel().fit(data, options: .quick(), threads: 2)
    #expect(alone.members[0].scorer.weights == shared.members[0].scorer.weights)
  }

  @Test func anotherSeedGivesOtherWeights() throws {
    let data = try small.dataset(tasks)
    let one = try smallModel().fit(data, seed: 1, options: .quick())
    let two = try smallModel().fit(data, seed: 2, options: .quick())
    #expect(one.members[0].scorer.weights != two.members[0].scorer.weights)
  }

  @Test func doubleAndFloatAgree() throws {
    let data = try small.dataset(tasks)
    var options = TrainingOptions.quick(epochs: 3)
    let single = try smallModel(.fixed(0.01)).fit(data, options: options)
    options.precision = .double
    let double = try smallModel(.fixed(0.01)).fit(data, options: options)
    for name in single.members[0].scorer.extents.keys {
      let pairs = zip(
        single.members[0].scorer.weights[name], double.members[0].scorer.weights[name])
      // Rounding grows over a few dozen Adam steps.
      for (a, b) in pairs { #expect(abs(a - b) <= 2e-3 * max(0.05, abs(b)), "\(name)") }
    }
  }

  @Test func theFeaturesThatMatterAreFound() throws {
    let data = try SmallData(rowCount: 300, width: 12).dataset(tasks)
    var options = TrainingOptions()
    options.epochs = 40
    let fit = try smallModel(.path(count: 5)).fit(data, options: options, threads: 2)
    #expect(Set(fit.features.prefix(2).map(\.name)) == ["x1", "x2"])
    #expect(fit.selectedFeatures.count < 12)
    for task in ["y", "z"] {
      #expect(try #require(fit.metrics.tasks[task]?[.concordance]) > 0.85)
    }
    // The features that were removed have no part in a score.
    for feature in fit.features where !feature.isSelected { #expect(feature.relevance == [0, 0]) }
    #expect(fit.features[0].relevance[0] > 0)
  }

  @Test func everyPathBeginsWithFewFeaturesAndEndsWithMany() throws {
    let data = try SmallData(rowCount: 300, width: 12).dataset(tasks)
    var options = TrainingOptions.quick(epochs: 25)
    options.strengths = [30, 0.001]
    let fit = try smallModel(.path(count: 2)).fit(data, options: options)
    #expect(fit.strengths[0].hasCollapsed)
    #expect(fit.strengths[1].nonzeroCount == 12)
    #expect(fit.chosen[0] == fit.strengths[1])
  }

  /// The first gradients of a loss in large units are much larger than those at its minimum.
  @Test func aPathOnWhichNothingIsLeftGoesOnDownwards() throws {
    let far = PointwiseLoss("far") { score, target in square(score - target - 5) }
    let data = try SmallData(rowCount: 200, width: 8).dataset([tasks[0]])
    var options = TrainingOptions()
    (options.epochs, options.adaptiveWeights) = (28, .never)
    let fit = try smallModel(.path(count: 1)) { far }
      .fit(data, split: .ratio(50, 50, 0), options: options)
    try #require(fit.strengths.count > 1)
    #expect(fit.strengths.dropLast().allSatisfy { $0.nonzeroCount == 0 || $0.hasCollapsed })
    #expect(fit.chosen[0].nonzeroCount > 0)
    for (above, below) in zip(fit.strengths, fit.strengths.dropFirst()) {
      #expect(abs(below.strength / above.strength - 0.5) < 1e-6)
      #expect(below.index == above.index + 1)
    }
    // What the user asks for is what is fitted.
    options.strengths = [30]
    let given = try smallModel(.path(count: 1)) { far }
      .fit(data, split: .ratio(50, 50, 0), options: options)
    #expect(given.strengths.map(\.hasCollapsed) == [true])
  }

  @Test func independentTasksAreFittedOneByOne() throws {
    let data = try small.dataset(tasks)
    let both = try smallModel().independentTasks().fit(data, options: .quick())
    let alone = try smallModel().fit(
      small.dataset([tasks[1]]), parts: #require(both.parts), options: .quick())
    #expect(both.members.map(\.tasks) == [[0], [1]])
    #expect(both.members[1].scorer.weights == alone.members[0].scorer.weights)
    #expect(both.chosen.map(\.task) == ["y", "z"])
    let norms = try [0, 1].map { position in
      let weights = both.members[position].scorer.weights["shared.0.weight"]
      try #require(weights.count == 48)
      return stride(from: 0, to: 48, by: 6).map { weights[$0] * weights[$0] }.reduce(0, +)
    }
    let first = try #require(both.features.first { $0.name == "x1" })
    #expect(abs(first.norm - ((norms[0] + norms[1]) / 2).squareRoot()) < 1e-12)
  }

  @Test func everyKindOfOutcomeIsTrainedCalibratedAndMeasured() throws {
    let outcomes = tasks + [Outcome("t", .censored(time: "time", event: "event"))]
    let fit = try smallModel().fit(small.dataset(outcomes), options: .quick(epochs: 60))
    let predicted = try fit.predict(small.dataset(outcomes).table)
    #expect(predicted["y"]?.probabilities == nil)
    #expect(predicted["z"]?.probabilities?.allSatisfy { (0...1).contains($0) } == true)
    #expect(Set(predicted["z"]?.texts ?? []) == ["0", "1"])
    for (name, metrics) in fit.metrics.tasks {
      #expect(try #require(metrics[.concordance]) > 0.75, "\(name): \(metrics)")
    }
  }

  @Test(arguments: [Uniform() as any Balancing, Uncertainty(), GradNorm(), DynamicWeightAverage()])
  func pointwiseLossesTrainUnderEveryBalancing(_ balancing: any Balancing) throws {
    let model = smallModel(balancing: balancing) {
      Huber().on(.continuous)
      CrossEntropy().on(.binary)
    }
    let fit = try model.fit(small.dataset(tasks), options: .quick(epochs: 80))
    for metrics in fit.metrics.tasks.values {
      #expect(try #require(metrics[.concordance]) > 0.75)
    }
  }

  @Test func aBatchOfOneRowTrains() throws {
    var options = TrainingOptions.quick(epochs: 2)
    options.batchSize = 1
    let fit = try smallModel().fit(
      SmallData(rowCount: 30).dataset(tasks), options: options)
    #expect(fit.history.allSatisfy { $0.loss.isFinite })
  }

  @Test func aRowThatIsLeftOverFormsABatchUnlessItIsDropped() throws {
    var options = TrainingOptions.quick(epochs: 2)
    options.batchSize = 8
    options.dropsLastBatch = true
    let data = try SmallData(rowCount: 35).dataset(tasks)
    let parts = Parts(training: Array(0..<17), validation: Array(17..<35), test: [])
    let without = try smallModel().fit(data, parts: parts, options: options)
    options.dropsLastBatch = false
    let with = try smallModel().fit(data, parts: parts, options: options)
    #expect(without.history[0].loss != with.history[0].loss)
  }
}
