import Foundation
import RankineData
import RankineLanguage
import Testing

@testable import RankineTraining

@Test func continuousTargetsLoseTheirUnitsAndTimesTheirs() {
  let scaled = scaledTargets([1, 2, 3, 4, 100], of: .continuous)
  // Median 3, deviations 2, 1, 0, 1, 97: their median 1, normalized by 1.4826.
  #expect(abs(scaled[0] + 2 / 1.4826) < 1e-4)
  #expect(scaled[2] == 0)
  #expect(scaledTargets([2, .nan, 4, 8], of: .censored)[0] == 0.5)
  #expect(scaledTargets([0, 0, 0], of: .censored) == [0, 0, 0])
  #expect(scaledTargets([0, 2, 1], of: .ordinal) == [0, 2, 1])
}

@Test func normalScoresAreQuantilesOfMeanRanks() {
  let scores = normalScores([10, .nan, 30, 20, 20])
  // Ranks 1, 4 and twice 2.5 of 4.
  #expect(abs(scores[0] - normalQuantile(0.125)) < 1e-15)
  #expect(scores[1].isNaN)
  #expect(abs(scores[0] + scores[2]) < 1e-15)
  #expect(abs(scores[3]) < 1e-15)
  #expect(scores[3] == scores[4])
}

@Test func normalScoresIgnoreIncreasingTransformations() {
  let values = [0.3, 2, -1, 0.7, 5]
  #expect(normalScores(values) == normalScores(values.map { exp($0) }))
}

@Test func importanceForATaskIsThatOfSharedAndOwnWeightsTogether() throws {
  let model = Model {
    EachTask { SharedPlusOwn(1).penalized(by: Dirty()) }
    Objective { SmoothedRank() }
  }
  let tasks = [
    TaskDescription(name: "a", scale: .continuous), TaskDescription(name: "b", scale: .binary),
  ]
  let programs = try TrainingPrograms(
    LoweredModel(model, features: 2, tasks: tasks), featureCount: 2, options: TrainingOptions())
  var set = ParameterSet()
  set.values["task.0.weight"] = [3, 0, -1, 0, 1, 5]
  #expect(programs.columnNorms(set) == [[2, 0], [4, 5]])
}
