import Foundation
import RankineData
import RankineEvaluation
import RankineSupport
import RankineTraining
import RankineZoo
import Synchronization
import Testing

@testable import RankineStudies

@Test func aStudyIsTheSameForAnyThreadsAndShards() throws {
  let scratch = Scratch()
  let study = smallStudy()
  try study.run(threads: 1, folder: scratch.file("whole")).write(to: scratch.file("whole"))
  let whole = try studyBytes(scratch, in: "whole")
  #expect(whole.keys.filter { $0.hasPrefix("cells/") }.count == 8)

  try study.run(threads: 4, folder: scratch.file("threads")).write(to: scratch.file("threads"))
  #expect(try studyBytes(scratch, in: "threads") == whole)

  for number in 1...3 {
    let shard = try Shard(number, of: 3)
    _ = try study.run(folder: scratch.file("part-\(number)"), shard: shard)
    try study.run(folder: scratch.file("shared"), shard: shard).write(to: scratch.file("shared"))
  }
  #expect(try studyBytes(scratch, in: "shared") == whole)
  let parts = (1...3).map { scratch.file("part-\($0)") }
  try StudyFindings(of: parts).write(to: scratch.file("whole"))
  #expect(try studyBytes(scratch, in: "whole") == whole)
}

@Test func anInterruptedStudyGoesOnToTheSameBytes() throws {
  let (scratch, study) = (Scratch(), smallStudy())
  try study.run(folder: scratch.folder).write(to: scratch.folder)
  let whole = try studyBytes(scratch)
  for name in ["cells/setting-1-plain-free-2.json", "cells/setting-5-plain-sparse-1.json"] {
    try FileManager.default.removeItem(at: scratch.file(name))
  }
  // What a process leaves that is killed while it writes.
  try Data("{".utf8).write(to: scratch.file("cells/.half.json"))
  try FileManager.default.removeItem(at: scratch.file("timings/setting-1-plain-free-1.json"))
  let made = Mutex<[String]>([])
  let findings = try study.run(threads: 2, folder: scratch.folder, isResuming: true) { step in
    made.withLock { $0.append("\(step.cell.fileName) \(step.completedCells)/\(step.cellCount)") }
  }
  try findings.write(to: scratch.folder)
  #expect(
    Set(made.withLock { $0.map { $0.prefix { $0 != " " } } }) == [
      "setting-1-plain-free-2", "setting-5-plain-sparse-1",
    ])
  #expect(made.withLock { $0.last?.hasSuffix(" 8/8") } == true)
  var again = try studyBytes(scratch)
  again["cells/.half.json"] = nil
  #expect(again == whole)
}

@Test func everyModelOfAReplicationSeesTheSameDataPartsAndSeed() throws {
  struct Sight: Equatable {
    let values: [[Double]]
    let parts: Parts
    let seed: UInt64
  }
  let seen = Mutex<[String: [Sight]]>([:])
  let watchers = ["first", "second"].map { name in
    Candidate(name) { data, parts, seed, options, threads in
      let sight = Sight(values: data.outcomes.map(\.values), parts: parts, seed: seed)
      seen.withLock { $0[name, default: []].append(sight) }
      return try smallModel().fit(data, parts: parts, seed: seed, options: options)
    }
  }
  _ = try smallStudy(watchers).run()
  let sights = seen.withLock { $0 }
  let own = try #require(sights["first"])
  #expect(own == sights["second"])
  #expect(own.count == 4)
  #expect(own[0].seed == own[1].seed && own[0].parts == own[1].parts)
  #expect(own[0].seed != own[2].seed && own[0].parts != own[2].parts)
  #expect(own.allSatisfy { $0.parts.training.count == 36 && $0.parts.test.count == 12 })
}

/// Test rows are spoilt beyond recognition; nothing that a fit learns may notice.
@Test(arguments: Zoo.names)
func nothingButTheMetricsReadsTestRows(_ name: String) throws {
  let drawn = try Simulation(setting: 5, rowCount: 60, predictorCount: 6, importantCount: 3)
    .replication(1)
  let (data, parts) = (drawn.dataset, drawn.truth.split)
  let isTest = Set(parts.test)
  let names = data.featureColumns
  let columns = try names.map { try data.table.column($0).numbers() }
  let spoilt = try Dataset(
    predictors: names,
    values: (0..<data.rowCount).flatMap { row in
      columns.map { isTest.contains(row) ? 50 - 3 * $0[row] : $0[row] }
    },
    outcomeColumns: data.outcomes.map { outcome in
      Column(
        outcome.name,
        numbers: outcome.values.enumerated().map { row, value in
          !isTest.contains(row) ? value : outcome.scale == .binary ? 1 - value : -40 * value
        })
    },
    outcomes: data.outcomes.map {
      $0.scale == .binary ? Outcome($0.name, .binary) : Outcome($0.name, .continuous)
    })
  var options = TrainingOptions.quick
  (options.epochs, options.adaptiveWeights) = (2, .always)
  let candidate = try Candidate(named: name, strength: .path(count: 2))
  let rows = parts.training + parts.validation
  func learned(_ data: Dataset) throws -> (Data, [[Double]], TaskMetrics) {
    let fit = try candidate.fit(data, parts, 3, options, 1)
    let record =
      try RecordFile.encode(fit.preprocessor) + RecordFile.encode(fit.calibrations)
      + RecordFile.encode(fit.features) + RecordFile.encode(fit.strengths)
    return (
      record, try fit.scores(of: fit.preprocessor.transform(data.table, rows: rows)), fit.metrics
    )
  }
  let (first, second) = (try learned(data), try learned(spoilt))
  #expect(first.0 == second.0)
  #expect(first.1 == second.1)
  #expect(first.2 != second.2)
}

@Test func ranksDoNotNoticeThatAResponseIsCubed() throws {
  var study = smallStudy([Candidate("rank", SmallDeclaration())])
  (study.settings, study.variants) = ([1], [.plain, .cubed])
  let findings = try study.run()
  let conditions = findings.conditions
  #expect(conditions.map(\.title) == ["Setting 1", "Setting 1, cubed"])
  func values(_ measure: StudyMeasure) -> [[Double]] {
    conditions.map { findings.values(measure, model: "rank", $0) }
  }
  for same in [StudyMeasure.metric(.concordance), .truePositives, .keptCount] {
    #expect(values(same)[0] == values(same)[1])
  }
  #expect(values(.metric(.mae))[0] != values(.metric(.mae))[1])
}

@Test func theModelWithMoreNetworksIsBegunFirst() {
  var study = smallStudy([
    Candidate("shared", smallModel()), Candidate("own", smallModel().independentTasks()),
  ])
  study.replications = 4...4
  #expect(
    study.cells().map(\.fileName) == [
      "setting-1-plain-own-4", "setting-5-plain-own-4", "setting-1-plain-shared-4",
      "setting-5-plain-shared-4",
    ])
}

@Test func aModelThatFailsOnOneReplicationLeavesTheOtherCells() throws {
  let unlucky = smallStudy().setup.seed(ofReplication: 2)
  let fragile = Candidate("fragile") { data, parts, seed, options, threads in
    if seed == unlucky { throw StudyError("torn", in: "data", "it tore") }
    return try smallModel().fit(data, parts: parts, seed: seed, options: options)
  }
  var study = smallStudy([Candidate("free", SmallDeclaration()), fragile])
  study.settings = [1]
  let findings = try study.run(threads: 2)
  #expect(findings.records.map(\.cell.replication) == [1, 1, 2])
  #expect(
    findings.failure?.description == """
      error[cells-failed] in setting-1-plain-fragile-2: 1 fit failed; this one with error[torn] in \
      data: it tore
        hint: the tables are of the others
      """)
  #expect(findings.table(.regression).plainText().contains("fragile (1 of 2)"))
  let note = "Not fitted:\nsetting-1-plain-fragile-2: error[torn] in data: it tore\n"
  #expect(findings.text.hasSuffix(note))
}
