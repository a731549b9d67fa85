import Foundation
import RankineSparse
import Testing

@testable import RankineStudies

@Test func aSparseStudyIsTheSameOnAnyNumberOfThreads() throws {
  let study = try SparseStudy(design: "heterogeneity", replications: 3...4)
  let alone = try study.run()
  #expect(try study.run(threads: 2).table == alone.table)
  let second = try SparseStudy(design: "heterogeneity", replications: 4...4).run()
  #expect(
    second.replications[0].map(\.values.last?.value)
      == alone.replications[1].map(\.values.last?.value))
  // Six points of four methods; the first is the yardstick of the others.
  #expect(alone.table.rows.count == 24)
  for row in alone.table.rows where row.cells[1] == .text("L0L2") {
    #expect(row.cells[2] == .number(0, deviation: 0))
  }
}

@Test func aMisspeltDesignGetsTheNearestName() {
  let error = #expect(throws: StudyError.self) {
    try SparseStudy(design: "overlab", replications: 1...1)
  }
  #expect(
    error?.description == """
      error[unknown-design] in the design "overlab": there is no design of this name
        hint: did you mean "overlap"?
      """)
}

@Test func aSparseStudyWritesItsTablesAndMeasurements() throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let findings = try SparseStudy(design: "heterogeneity", replications: 1...1).run()
  try findings.write(to: folder)
  for name in SparseStudyFindings.fileNames {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    #expect(text.contains("disjoint supports"), "\(name)")
  }
}
