import Foundation
import RankineData
import RankineEvaluation
import RankineSupport
import Testing

@testable import RankineStudies

private let remedy = "\n  hint: repeat the options of the first run, or write to another folder"

@Test func cellsOfAnotherStudyAreRefusedWithWhatDiffers() throws {
  let scratch = Scratch()
  var study = smallStudy()
  study.settings = [1]
  _ = try study.run(folder: scratch.folder)
  let taken = #expect(throws: StudyError.self) { try study.run(folder: scratch.folder) }
  #expect(
    taken?.description == """
      error[already-exists] in \(scratch.folder.path): an earlier study lies here
        hint: continue it with --resume, or write to another folder
      """)

  study.options.epochs = 7
  let other = #expect(throws: StudyError.self) {
    try study.run(folder: scratch.folder, isResuming: true)
  }
  #expect(
    other?.description == "error[other-setup] in "
      + scratch.file("cells/setting-1-plain-free-1.json").path
      + ": this cell was made with options.epochs = 4, not 7" + remedy)

  study.options.epochs = 4
  study.simulation.predictorCount = 9
  let wider = #expect(throws: StudyError.self) {
    try study.run(folder: scratch.folder, shard: Shard(2, of: 2))
  }
  #expect(wider?.message == "this cell was made with simulation.predictorCount = 6, not 9")

  var tuned = smallStudy([Candidate("sparse", SmallDeclaration(strength: .fixed(0.5)))])
  tuned.settings = [1]
  let settings = #expect(throws: StudyError.self) {
    try tuned.run(folder: scratch.folder, isResuming: true)
  }
  #expect(settings?.message == "this cell was made with sparse.strength = 0.05, not 0.5")
}

@Test func aLargerStudyContinuesASmallerOne() throws {
  let scratch = Scratch()
  var study = smallStudy()
  let whole = try study.run().table(.mixed).csv()
  study.settings = [5]
  study.replications = 2...2
  _ = try study.run(folder: scratch.folder)
  study = smallStudy()
  #expect(try study.run(folder: scratch.folder, isResuming: true).table(.mixed).csv() == whole)
}

@Test func aStudyNeedsModelsAndCells() throws {
  let none = #expect(throws: StudyError.self) { try smallStudy([]).run() }
  #expect(none?.description == "error[no-model] in the study: there is no model\n  hint: name one")
  let twin = Candidate("twin", smallModel())
  let double = #expect(throws: StudyError.self) { try smallStudy([twin, twin]).run() }
  #expect(
    double?.description == """
      error[duplicate-model] in the study: "twin" is there twice
        hint: name each model once
      """)
  var study = smallStudy()
  (study.settings, study.variants) = ([3, 4, 5], [.cubed])
  let empty = #expect(throws: StudyError.self) { try study.run() }
  #expect(
    empty?.description == """
      error[no-cells] in the study: no setting has the variant that is asked for
        hint: only settings 1, 2 and 6 have a second response to cube
      """)
  study = smallStudy()
  study.simulation.importantCount = 4
  #expect(throws: DataError.self) { try study.run() }
}

@Test func cellsThatDoNotBelongTogetherAreNotCollected() throws {
  let scratch = Scratch()
  let empty = #expect(throws: StudyError.self) { try StudyFindings(of: [scratch.folder]) }
  #expect(
    empty?.description == """
      error[no-cells] in \(scratch.folder.path): there is no finished cell
        hint: run the study with --out, then name that folder
      """)

  func folder(_ name: String, _ cell: TimedCell) throws -> URL {
    try StudyFolder(root: scratch.file(name)).write(cell)
    return scratch.file(name)
  }
  let first = try folder("first", handCell("m", 1, metrics: [.mae: 1]))
  let twin = try folder("twin", handCell("m", 1, metrics: [.mae: 2]))
  let longer = try folder("longer", handCell("m", 2, metrics: [.mae: 1], epochs: 300))
  let two = #expect(throws: StudyError.self) { try StudyFindings(of: [first, twin]) }
  #expect(
    two?.description == """
      error[two-cells] in \(twin.path)/cells/setting-1-plain-m-1.json: another cell of this place \
      lies in \(first.path)
        hint: they were made with other hyperparameters, or on machines that round differently
      """)
  let other = #expect(throws: StudyError.self) { try StudyFindings(of: [first, longer]) }
  #expect(
    other?.description == """
      error[other-setup] in \(longer.path)/cells/setting-1-plain-m-2.json: this cell was made with \
      options.epochs = 300, not 200 as setting-1-plain-m-1
        hint: collect the cells of one study at a time
      """)
  #expect(try StudyFindings(of: [first, first]).records.count == 1)
}
