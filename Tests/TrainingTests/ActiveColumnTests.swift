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
    func found(_ multiple: Double, _ columnWeights: [Double]? = nil) throws -> [Int] {
      trainer.set(strength: multiple * largest, columnWeights: columnWeights)
      try trainer.keep([31])
      return try trainer.violators()
    }
    #expect(try found(1).isEmpty)
    let first = try found(0.95)
    #expect(!first.isEmpty && first.count < 4)
    // A weight of its own makes the penalty of that feature larger.
    var heavy = Array(repeating: 1.0, count: 32)
    for feature in first { heavy[feature] = 2 }
    #expect(try found(0.95, heavy).isEmpty)
    // The least strength that keeps a feature out is the norm of its gradient.
    let all = try found(0.01)
    #expect(all.count > 20 && all.first == first.first && !all.contains(31))
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
    // The same at weights of before, while others are trained.
    let kept = trainer.snapshot()
    try trainer.keep([0, 1, 5, 9])
    trainer.begin(epoch: 0)
    _ = try (0..<80).map { Int32($0) }.withUnsafeBufferPointer { try trainer.step($0) }
    #expect(try trainer.violators() != found)
    let present = trainer.current.parameters(averaged: false)
    #expect(try trainer.violators(at: kept) == found)
    #expect(trainer.narrow?.subset.columns == [0, 1, 5, 9])
    #expect(trainer.current.parameters(averaged: false) == present)
  }

  /// With no epochs left after the look, what it found stays in the record.
  @Test func aFitThatEndsWithFeaturesWronglyLeftOutSaysSo() throws {
    #expect(try WideProblem().fit(.never).fit.record.violatorCount == nil)
    #expect(try WideProblem().fit(.always).fit.record.violatorCount == 0)

    let trainer = try WideProblem().trainer(.always)
    try trainer.set(strength: 0.2 * trainer.largestStrength())
    try trainer.keep([5, 9])
    let kept = trainer.snapshot()
    // Epochs 1 and 2 were asked for, 3 to 7 may be added.
    var screen = ColumnScreen(epochCount: 2)
    let goesOn = try trainer.readmit(&screen, at: (kept, 1), afterEpoch: 6)
    #expect(!goesOn && trainer.narrow?.subset.columns == [5, 9])
    let count = try #require(screen.violatorCount)
    #expect(try count > 0 && count == trainer.violators(at: kept).count)
    // An epoch earlier there is time for them.
    screen = ColumnScreen(epochCount: 2)
    let hasGoneOn = try trainer.readmit(&screen, at: (kept, 1), afterEpoch: 5)
    #expect(hasGoneOn && trainer.narrow?.subset.columns != [5, 9])
  }

  @Test func theWarningCountsWhatWasLeftOut() {
    func warning(_ count: Int?, task: String? = nil) -> String? {
      StrengthRecord(
        task: task, stage: "path", index: 0, strength: 1, bestEpoch: 1, criterion: 0.5,
        concordance: [], nonzeroCount: 2, hasCollapsed: false, violatorCount: count
      ).warning
    }
    #expect(warning(nil) == nil && warning(0) == nil)
    #expect(
      warning(1, task: "age") == """
        task "age": 1 feature was left out of training though the penalty does not outweigh its \
        gradient at the weights that were kept; train for more epochs, or train all features
        """)
    #expect(warning(3)?.hasPrefix("3 features were left out of training though") == true)
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
