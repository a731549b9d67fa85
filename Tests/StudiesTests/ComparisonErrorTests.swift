import RankineLanguage
import RankineZoo
import Testing

@testable import RankineStudies

@Test func aComparisonNeedsModelsWithNamesOfTheirOwn() throws {
  let none = #expect(throws: StudyError.self) { try smallComparison([]).run() }
  #expect(
    none?.description == """
      error[no-model] in the comparison: there is no model
        hint: name one
      """)
  let twin = Candidate("twin", smallModel())
  let double = #expect(throws: StudyError.self) { try smallComparison([twin, twin]).run() }
  #expect(
    double?.description == """
      error[duplicate-model] in the comparison: "twin" is there twice
        hint: name each model once
      """)
}

@Test func aComparisonNeedsSplitsWithTestRows() throws {
  var comparison = try smallComparison()
  comparison.split = .ratio(80, 20, 0)
  let untested = #expect(throws: StudyError.self) { try comparison.run() }
  #expect(
    untested?.description == """
      error[bad-splits] in the comparison: no rows are left to test on
        hint: give the test part a share, for example 60/20/20
      """)
  comparison.splitCount = 0
  let none = #expect(throws: StudyError.self) { try comparison.run() }
  #expect(
    none?.description == """
      error[bad-splits] in the comparison: 0 splits
        hint: ask for at least 1
      """)
}

@Test func settingsReachTheModelThatTheyName() throws {
  let models = try Candidate.fromZoo(
    ["uniform", "deep-smoothed-rank"], settings: ["uniform.delta=2.5"])
  #expect(models.map(\.name) == ["uniform", "deep-smoothed-rank"])
  #expect(models[0].settings.contains(Candidate.Setting(name: "delta", value: "2.5")))
  #expect(try Candidate.fromZoo([]).map(\.name) == Zoo.names)
}

@Test func aSettingOfNoComparedModelIsRefused() {
  let unknown = #expect(throws: StudyError.self) {
    try Candidate.fromZoo(["uniform"], settings: ["unifrm.delta=2"])
  }
  #expect(
    unknown?.description == """
      error[bad-setting] in unifrm.delta=2: expected model.key=value with a model that is compared, \
      got "unifrm.delta=2"
        hint: did you mean "uniform"?
      """)
  #expect(throws: StudyError.self) { try Candidate.fromZoo(["stl"], settings: ["delta=2"]) }
  #expect(throws: ModelError.self) { try Candidate.fromZoo(["stl"], settings: ["stl.delt=2"]) }
  #expect(throws: ZooError.self) { try Candidate.fromZoo(["stll"]) }
}
