import Foundation
import RankineData
import RankineEvaluation
import RankineLanguage
import RankineSupport
import Testing

@testable import RankineTraining

struct AverageFitTests {
  let tasks = [Outcome("y", .continuous), Outcome("z", .binary)]

  private func huber() -> Model {
    smallModel {
      [Huber().on(.continuous), CrossEntropy().on(.binary)]
    }
  }

  @Test func theScoreIsTheMeanOfTheMembersStandardizedScores() throws {
    let data = try SmallData().dataset(tasks)
    let options = TrainingOptions.quick()
    let alone = try [smallModel(), huber()].map { try $0.fit(data, options: options) }
    let average = Model.averaging {
      smallModel()
      huber()
    }
    let fit = try average.fit(data, options: options)
    let features = try fit.preprocessor.transform(data.table)
    let scores = try fit.scores(of: features)
    let training = try #require(fit.parts?.training)
    for task in tasks.indices {
      let standardized = try alone.map { single in
        let own = try single.scores(of: features)[task]
        let known = training.map { own[$0] }
        let (mean, deviation) = (Statistics.mean(known), Statistics.standardDeviation(known))
        return own.map { ($0 - mean) / deviation }
      }
      for row in 0..<data.rowCount {
        let expected = (standardized[0][row] + standardized[1][row]) / 2
        #expect(abs(scores[task][row] - expected) < 1e-9)
      }
    }
    #expect(fit.chosen.map(\.task) == ["network 1", "network 2"])
    #expect(fit.chosen.map(\.bestEpoch) == alone.map { $0.chosen[0].bestEpoch })
    #expect(!fit.hasIndependentTasks)
  }

  @Test func copiesStartFromOtherWeights() throws {
    let data = try SmallData().dataset(tasks)
    let fit = try Model.averaging(copies: 3) { smallModel() }.fit(data, options: .quick(epochs: 3))
    let losses = fit.history.filter { $0.epoch == 1 }.map(\.loss)
    #expect(losses.count == 3 && Set(losses).count == 3)
    let alone = try smallModel().fit(data, options: .quick(epochs: 3))
    #expect(alone.history.first?.loss == losses.first)
  }

  @Test func anAverageOfOneNetworkRanksAsItDoes() throws {
    let data = try SmallData().dataset(tasks)
    let single = try smallModel().fit(data, options: .quick())
    let average = try Model.averaging { smallModel() }.fit(data, options: .quick())
    for name in ["y", "z"] {
      #expect(
        single.metrics.tasks[name]?[.concordance] == average.metrics.tasks[name]?[.concordance])
    }
    #expect(single.features.map(\.name) == average.features.map(\.name))
  }

  @Test func aRunDirectoryKeepsTheAverageBitForBit() throws {
    let data = try SmallData().dataset(tasks)
    let average = Model.averaging(copies: 2) {
      smallModel()
      huber().independentTasks()
    }
    let fit = try average.fit(data, options: .quick(epochs: 4))
    #expect(
      fit.chosen.map(\.task) == [
        "network 1", "network 2", "network 3, y", "network 3, z", "network 4, y", "network 4, z",
      ])
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("average-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try fit.write(to: folder.path)
    let read = try FittedModel(contentsOf: folder.path)
    let features = try fit.preprocessor.transform(data.table)
    #expect(try read.scores(of: features) == fit.scores(of: features))
    #expect(read.declaration.hasPrefix("Model.averaging(copies: 2) {\n  Model {\n"))
  }

  @Test func foldsOfOneMemberAreFoldsOfAll() throws {
    // Without validation rows scores for the calibration come from folds.
    let data = try SmallData(rowCount: 80).dataset(tasks)
    let average = Model.averaging {
      smallModel()
      huber()
    }
    let fit = try average.fit(data, split: .ratio(80, 0, 20), options: .quick(epochs: 20))
    #expect(fit.chosen.map(\.stage) == ["final", "final"])
    #expect(try #require(fit.metrics.tasks["z"]?[.accuracy]) > 0.7)
  }

  @Test func aFeatureIsOutWhereEveryMemberLeavesItOut() throws {
    let data = try SmallData(width: 12).dataset(tasks)
    func model(_ strength: Double) -> Model { smallModel(.fixed(strength)) }
    var options = TrainingOptions.quick(epochs: 30)
    options.precision = .double
    let kept = try [0.05, 0.002].map { strength in
      try Set(model(strength).fit(data, options: options).selectedFeatures.map(\.name))
    }
    let average = Model.averaging { for strength in [0.05, 0.002] { model(strength) } }
    let selected = try average.fit(data, options: options).selectedFeatures.map(\.name)
    #expect(kept[0].count < 12 && kept[0].count < kept[1].count)
    #expect(Set(selected) == kept[0].union(kept[1]))
  }

  @Test func theNumberOfCopiesIsChecked() throws {
    let data = try SmallData().dataset(tasks)
    let line = #line + 1
    let average = Model.averaging(copies: 0) { smallModel() }
    let error = #expect(throws: ModelError.self) { try average.fit(data) }
    #expect(
      error?.description == """
        error[bad-copies] in RankineTrainingTests/AverageFitTests.swift:\(line), model: each member \
        of the average is fitted 0 times
          hint: give copies: a number from 1 to 1000
        """)
  }
}
