import Foundation
import RankineSparse
import RankineSupport
import Synchronization
import Testing

@testable import RankineStudies

/// Two points of two methods, whose measures are worked out from the replication.
private struct Counting: SparseExperiment {
  struct Point: SparseDesignPoint {
    let description: String
    let position: Double
    var place: SparseFigurePlace? { SparseFigurePlace("panel", at: position) }
  }

  static let name = "counting"
  static let summary = "numbers that are known"
  static let axis = "distance"
  static let points = [
    Point(description: "near", position: 1), Point(description: "far", position: 2),
  ]

  func run(_ point: Point, replication: Int, seed: UInt64) -> [SparseMeasurement] {
    ["first", "second"].map { method in
      let value = Double(replication) * (method == "first" ? 1 : 10)
      return SparseMeasurement(method, [("score", value), ("hole", .nan)])
    }
  }
}

/// A folder that is gone after the test.
private func withFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}

@Suite struct SparseStudyTests {
  @Test func meansHaveStandardErrorsInTheOrderOfPoints() throws {
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
    let wide = findings.table(of: "score")
    #expect(wide.columns.map(\.heading) == ["Point", "first", "second"])
    #expect(wide.rows[1].cells[2] == .number(35, deviation: 10 * (5.0 / 3).squareRoot() / 2))
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

  @Test func aStudyWritesItsTablesFiguresAndMeasurements() throws {
    try withFolder { folder in
      try SparseStudy(Counting.self, replications: 1...2).run(folder: folder)
        .write(to: folder, command: "rankine study")
      for name in SparseStudyFindings.fileNames + ["score.svg", "hole.svg"] {
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        #expect(text.contains("second"), "\(name)")
      }
      let figure = try String(
        contentsOf: folder.appendingPathComponent("score.svg"), encoding: .utf8)
      // The class of the whole alone: a panel with it would take the whole's size.
      #expect(figure.components(separatedBy: "class=\"plot\"").count == 2)
      #expect(figure.contains(">panel<") && figure.contains(">distance<"))
    }
  }

  @Test func shardsMakeEachCellOnceAndTogetherWhatOneProcessMakes() throws {
    try withFolder { folder in
      let study = SparseStudy(Counting.self, replications: 1...3)
      let shards = try [Shard(1, of: 2), Shard(2, of: 2)]
      #expect(Set(shards.flatMap { study.cells(of: $0) }) == Set(study.cells()))
      #expect(shards.map { study.cells(of: $0).count } == [3, 3])
      let half = try study.run(folder: folder, shard: shards[0])
      #expect(half.records.count == 3)
      let whole = try study.run(folder: folder, shard: shards[1])
      #expect(whole.table == (try study.run().table))
    }
  }

  @Test func aStudyGoesOnWhereItStoppedAndOverwritesNothing() throws {
    try withFolder { folder in
      _ = try SparseStudy(Counting.self, replications: 1...2).run(folder: folder)
      let study = SparseStudy(Counting.self, replications: 1...3)
      let refusal = #expect(throws: StudyError.self) { try study.run(folder: folder) }
      #expect(refusal?.code == "already-exists")
      let made = Mutex(0)
      let findings = try study.run(folder: folder, isResuming: true) { _, _ in
        made.withLock { $0 += 1 }
      }
      #expect(made.withLock { $0 } == 2)
      #expect(findings.table == (try study.run().table))
      let other = SparseStudy(Counting.self, replications: 1...3, seed: 2)
      let mixed = #expect(throws: StudyError.self) {
        try other.run(folder: folder, isResuming: true)
      }
      #expect(
        mixed?.message == "this cell was made with seed 1 by version \(Release.version)"
          && mixed?.code == "other-setup")
    }
  }

  @Test func aFolderWithoutCellsIsRefused() throws {
    try withFolder { folder in
      let error = #expect(throws: StudyError.self) {
        try SparseStudyFindings(of: [folder], design: "scale")
      }
      #expect(
        error?.description == """
          error[no-cells] in \(folder.path): there is no finished cell of the design "scale"
            hint: name the folders that `rankine study --design scale` wrote to
          """)
    }
  }
}
