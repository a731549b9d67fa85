import Foundation
import RankineData
import RankineEvaluation
import RankineLanguage
import RankineSupport
import Synchronization
import Testing

@testable import RankineStudies

@Test func aComparisonDoesNotDependOnTheNumberOfThreads() throws {
  let comparison = try smallComparison()
  let alone = try comparison.run(threads: 1)
  let together = try comparison.run(threads: 8)
  #expect(alone.cells.count == 6)
  #expect(ComparisonSummary(alone) == ComparisonSummary(together))
  #expect(alone.table().csv() == together.table().csv())
}

@Test func anotherSeedGivesOtherNumbers() throws {
  var comparison = try smallComparison()
  let first = try comparison.run()
  comparison.seed = 2
  #expect(try comparison.run().table().csv() != first.table().csv())
}

@Test func aResumedComparisonWritesTheSameBytes() throws {
  let (scratch, comparison) = (Scratch(), try smallComparison())
  try comparison.run(folder: scratch.folder).write(to: scratch.folder)
  let whole = try scratch.bytes()
  for name in ["free-split-2", "sparse-split-1"] {
    try FileManager.default.removeItem(at: scratch.file("cells/\(name).json"))
  }
  let made = Mutex<[String]>([])
  let resumed = try comparison.run(threads: 2, folder: scratch.folder, isResuming: true) { step in
    made.withLock { $0.append("\(step.model) \(step.split)") }
  }
  try resumed.write(to: scratch.folder)
  #expect(made.withLock { $0.sorted() } == ["free 2", "sparse 1"])
  #expect(try scratch.bytes() == whole)
}

@Test func aFolderWithCellsIsRefusedUnlessItIsResumed() throws {
  let (scratch, comparison) = (Scratch(), try smallComparison())
  _ = try comparison.run(folder: scratch.folder)
  let error = #expect(throws: StudyError.self) { try comparison.run(folder: scratch.folder) }
  #expect(
    error?.description == """
      error[already-exists] in \(scratch.folder.path): an earlier comparison lies here
        hint: continue it with --resume, or write to another folder
      """)
}

@Test func cellsOfAnotherSetupAreNotMixedIn() throws {
  let scratch = Scratch()
  var comparison = try smallComparison()
  _ = try comparison.run(folder: scratch.folder)
  comparison.options.epochs = 5
  let error = #expect(throws: StudyError.self) {
    try comparison.run(folder: scratch.folder, isResuming: true)
  }
  let text = """
    : this cell was made with other data, tasks, split, seed, options or hyperparameters
      hint: repeat the options of the first run, or write to another folder
    """
  #expect(error?.description.hasSuffix(text) == true)
  #expect(error?.place.hasSuffix("cells/free-split-1.json") == true)
}

@Test func moreSplitsContinueAComparison() throws {
  let scratch = Scratch()
  var comparison = try smallComparison()
  comparison.splitCount = 2
  _ = try comparison.run(folder: scratch.folder)
  comparison.splitCount = 3
  let longer = try comparison.run(folder: scratch.folder, isResuming: true)
  #expect(try longer.table().csv() == comparison.run().table().csv())
}

@Test func aDamagedCellIsNamed() throws {
  let (scratch, comparison) = (Scratch(), try smallComparison())
  try writeAtomically("{", to: scratch.file("cells/sparse-split-3.json"))
  let error = #expect(throws: FileError.self) {
    try comparison.run(folder: scratch.folder, isResuming: true)
  }
  #expect(error?.code == "malformed-record")
  #expect(error?.place == scratch.file("cells/sparse-split-3.json").path)
}

@Test func aModelThatFailsOnOneSplitLeavesTheOtherCells() throws {
  let plan = ComparisonPlan(try smallComparison())
  let unlucky = plan.seed(ofSplit: 2)
  let fragile = Candidate("fragile") { data, parts, seed, options, threads in
    if seed == unlucky { throw StudyError("torn", in: "split", "it tore") }
    return try smallModel().fit(data, parts: parts, seed: seed, options: options)
  }
  let comparison = try smallComparison([Candidate("free", SmallDeclaration()), fragile])
  let findings = try comparison.run(threads: 2)
  #expect(findings.cells(of: "free").map(\.split) == [1, 2, 3])
  #expect(findings.cells(of: "fragile").map(\.split) == [1, 3])
  #expect(
    findings.failures == [
      CellFailure(model: "fragile", split: 2, message: "error[torn] in split: it tore")
    ])
  #expect(
    findings.failure?.description == """
      error[cells-failed] in fragile, split 2: 1 of 6 fits failed; this one with error[torn] in \
      split: it tore
        hint: the tables are of the others
      """)
  #expect(findings.difference(to: "fragile", task: "y").count == 2)
}

@Test func everyModelSeesTheSameRowsOfASplit() throws {
  let seen = Mutex<[String: [Parts]]>([:])
  let watchers = ["first", "second"].map { name in
    Candidate(name) { data, parts, seed, options, threads in
      seen.withLock { $0[name, default: []].append(parts) }
      return try smallModel().fit(data, parts: parts, seed: seed, options: options)
    }
  }
  _ = try smallComparison(watchers).run()
  let parts = seen.withLock { $0 }
  let own = try #require(parts["first"])
  #expect(own == parts["second"])
  #expect(own.count == 3)
  #expect(own[0] != own[1] && own[1] != own[2])
  #expect(
    own.allSatisfy { [$0.training.count, $0.validation.count, $0.test.count] == [90, 30, 30] })
}

private func comparisonWithAModelThatFitsNumbersAlone() throws -> Comparison {
  let squares = Model {
    EachTask { Dense(1) }
    Objective { SquaredError().on(.continuous) }
  }
  return try smallComparison([
    Candidate("free", SmallDeclaration()), Candidate("squares", squares),
  ])
}

@Test func aModelThatCannotBeFittedToTheOutcomesIsRefusedBeforeAnyFit() throws {
  let error = #expect(throws: StudyError.self) {
    try comparisonWithAModelThatFitsNumbersAlone().run()
  }
  #expect(error?.code == "unsuitable-model")
  #expect(error?.place.hasPrefix("squares, ") == true)
  #expect(error?.message == "no loss of the objective fits the binary outcome \"z\"")
}

@Test func aModelThatCannotBeFittedIsLeftOutWithTheReasonWhereThatIsAskedFor() throws {
  var comparison = try comparisonWithAModelThatFitsNumbersAlone()
  comparison.leavesOutUnsuitable = true
  let findings = try comparison.run()
  #expect(findings.plan.models.map(\.name) == ["free"])
  #expect(findings.plan.omissions.map(\.model) == ["squares"])
  #expect(findings.cells.count == 3)
  #expect(findings.failures.isEmpty)
  #expect(
    findings.headlineText.contains(
      "Left out: squares: no loss of the objective fits the binary outcome \"z\" ("))
  comparison = Comparison(
    comparison.data, candidates: Array(comparison.candidates.dropFirst()))
  comparison.leavesOutUnsuitable = true
  let error = #expect(throws: StudyError.self) { try comparison.run() }
  #expect(error?.code == "no-model")
}
