import Foundation
import RankineSparse
import Testing

@testable import RankineStudies

/// Two points of two methods, whose measures are worked out from the replication.
private struct Counting: SparseExperiment {
  static let name = "counting"
  static let summary = "numbers that are known"

  func run(replication: Int, seed: UInt64) -> [SparseMeasurement] {
    ["near", "far"].flatMap { point in
      ["first", "second"].map { method in
        let value = Double(replication) * (method == "first" ? 1 : 10)
        return SparseMeasurement(point, method, [("score", value), ("hole", .nan)])
      }
    }
  }
}

@Test func aSparseStudyHasMeansWithStandardErrorsInTheOrderOfReplications() throws {
  let study = SparseStudy(Counting.self, replications: 2...5)
  let findings = try study.run()
  #expect(findings.table.rows.map(\.group) == ["near", "near", "far", "far"])
  // 2, 3, 4, 5: mean 3.5, standard deviation 1.29 with divisor n − 1.
  guard case .number(let mean, let error) = findings.table.rows[0].cells[2] else {
    Issue.record("no number")
    return
  }
  #expect(mean == 3.5)
  #expect(abs((error ?? 0) - (5.0 / 3).squareRoot() / 2) < 1e-12)
  #expect(findings.table.rows[0].cells[3] == .empty)
  #expect(try study.run(threads: 3).table == findings.table)
  #expect(
    findings.table.caption
      == "counting: numbers that are known; 4 replications, means (standard errors)")
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
  try SparseStudy(Counting.self, replications: 1...2).run().write(to: folder)
  for name in SparseStudyFindings.fileNames {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    #expect(text.contains("second"), "\(name)")
  }
}
