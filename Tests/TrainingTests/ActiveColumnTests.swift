import RankineData
import RankineLanguage
import Testing

@testable import RankineTraining

/// Training on the features that are active against training on all.
struct ActiveColumnTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func theSameFeaturesAndObjectiveAreFound(_ seed: UInt64) throws {
    let problem = WideProblem(seed: seed)
    let (all, active) = (try problem.fit(.never), try problem.fit(.always))
    #expect(all.narrowEpochs == 0)
    #expect(active.narrowEpochs > 60)
    #expect(all.selected == active.selected)
    let objective = all.objective(nil)
    #expect(abs(active.objective(nil) - objective) < 2e-3 * abs(objective))
  }

  @Test func columnWeightsCountForFeaturesThatAreLeftOut() throws {
    var problem = WideProblem(seed: 2)
    problem.columnWeights = (0..<problem.width).map { 1 + Double($0 % 3) / 4 }
    let (all, active) = (try problem.fit(.never), try problem.fit(.always))
    #expect(active.narrowEpochs > 60)
    #expect(all.selected == active.selected)
    let objective = all.objective(problem.columnWeights)
    #expect(
      abs(active.objective(problem.columnWeights) - objective) < 2e-3 * abs(objective))
  }

  /// At zero weights the penalty outweighs every feature from the largest norm of a gradient's column on.
  @Test func aFeatureComesBackWhereItsGradientOutweighsThePenalty() throws {
    let trainer = try WideProblem().trainer(.always)
    var weights = trainer.parameters(averaged: false)
    weights.values["shared.0.weight"] = Array(repeating: 0, count: 8 * 32)
    trainer.reset(to: weights)
    let largest = try trainer.largestStrength()
    trainer.set(strength: largest)
    #expect(try trainer.violators().isEmpty)
    trainer.set(strength: 0.95 * largest)
    let first = try trainer.violators()
    #expect(!first.isEmpty && first.count < 4)
    // A weight of its own makes the penalty of that feature larger.
    var heavy = Array(repeating: 1.0, count: 32)
    for feature in first { heavy[feature] = 2 }
    trainer.set(strength: 0.95 * largest, columnWeights: heavy)
    #expect(try trainer.violators().isEmpty)
  }

  @Test func featuresThatWereLeftOutWronglyComeBack() throws {
    let trainer = try WideProblem().trainer(.always)
    try trainer.set(strength: 0.2 * trainer.largestStrength())
    try trainer.keep([5, 9])
    var weights = trainer.parameters(averaged: false)
    #expect(trainer.narrow == nil)
    for index in weights["shared.0.weight"].indices where ![5, 9].contains(index % 32) {
      weights.values["shared.0.weight"]?[index] = 0
    }
    trainer.reset(to: weights)
    try trainer.keep([5, 9])
    let found = try trainer.violators()
    #expect(Set(found).isSuperset(of: [0, 1]))
    #expect(try trainer.violators(at: weights) == found)
    #expect(trainer.parameters(averaged: false) == weights)
  }

  @Test func featuresThatStayKeepTheirState() throws {
    let trainer = try WideProblem().trainer(.always)
    try trainer.set(strength: 0.1 * trainer.largestStrength())
    for epoch in 0..<3 {
      trainer.begin(epoch: epoch)
      _ = try (0..<80).map { Int32($0) }.withUnsafeBufferPointer { try trainer.step($0) }
      trainer.average(epoch: epoch)
    }
    let (last, means) = (trainer.parameters(averaged: false), trainer.parameters(averaged: true))
    let moment = trainer.storage.values("shared.0.weight.firstMoment")
    try trainer.keep([0, 1, 30])
    let narrow = trainer.storage.values("shared.0.weight.firstMoment")
    #expect(narrow.count == 24)
    #expect(narrow[3...5] == [moment[32], moment[33], moment[62]])
    #expect(trainer.parameters(averaged: false) == last)
    let kept = trainer.parameters(averaged: true)
    #expect(kept["task.0.weight"] == means["task.0.weight"])
    for (index, mean) in means["shared.0.weight"].enumerated() {
      let stays = [0, 1, 30].contains(index % 32)
      #expect(kept["shared.0.weight"][index] == (stays ? mean : 0))
    }
    #expect(trainer.storage.values("shared.0.weight.firstMoment") == moment)
  }

  @Test func aWarmStartLeavesOutFeaturesFromTheBeginning() throws {
    let problem = WideProblem()
    let trainer = try problem.trainer(.always)
    let strength = try trainer.largestStrength()
    let first = try trainer.train(strength: 0.3 * strength, epochs: 150)
    trainer.reset(to: first.last)
    var widths: [Int] = []
    _ = try trainer.train(strength: 0.25 * strength, epochs: 3) { _ in
      widths.append(trainer.current.programs.featureCount)
    }
    #expect(widths[0] >= first.record.nonzeroCount)
    #expect(widths[0] < 32)
  }

  @Test func theNumberOfThreadsLeavesTheWeightsBitIdentical() throws {
    let data = try SmallData(rowCount: 100, width: 24).dataset([Outcome("y", .continuous)])
    var options = TrainingOptions.quick(epochs: 30)
    options.activeColumns = .always
    options.learningRate = 0.02
    let fits = try [1, 2].map {
      try smallModel(.path(count: 2)).fit(data, options: options, threads: $0)
    }
    #expect(fits[0].members[0].scorer.weights == fits[1].members[0].scorer.weights)
    #expect(fits[0].history == fits[1].history)
    for feature in fits[0].features where !feature.isSelected {
      #expect(feature.relevance == [0])
    }
  }
}
