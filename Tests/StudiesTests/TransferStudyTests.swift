import Foundation
import RankineData
import RankineTraining
import Testing

@testable import RankineStudies

/// A new task with few rows, on small replications.
struct TransferStudyTests {
  private func study(_ scenarios: [SourceSimulation.Scenario] = [.homogeneous]) -> TransferStudy {
    var study = TransferStudy()
    study.scenarios = scenarios
    study.replications = 1...2
    study.rowCounts = [30]
    study.simulation.predictorCount = 3
    study.simulation.trainingCounts = [60, 60]
    study.simulation.validationCount = 40
    study.simulation.testCount = 100
    study.encoder.sharedWidths = [12]
    study.encoder.selection = .fixed(0.1)
    (study.encoder.sharedFactors, study.encoder.ownFactors) = (3, 0)
    study.options.epochs = 4
    study.options.strengths = [1e6, 0]
    return study
  }

  /// In E the new task is the one with the opposite coefficients: those of the others mislead.
  @Test func theCentreMisleadsAnOppositeTask() throws {
    let findings = try study([.outlier]).run(threads: 2)
    for (own, centre) in zip(
      findings.errors(of: .transfer, .outlier, rowCount: 30),
      findings.errors(of: .centre, .outlier, rowCount: 30))
    {
      #expect(own < centre)
    }
  }

  @Test func shardsTogetherAreTheWholeAndFilesAreThere() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var study = study()
    study.rowCounts = [8]
    let first = try study.run(folder: folder, shard: Shard(1, of: 2))
    #expect(first.records.map(\.cell.replication) == [1])
    let both = try study.run(folder: folder, shard: Shard(2, of: 2))
    #expect(try both.records == study.run(threads: 2).records)
    try both.write(to: folder)
    for name in both.fileNames {
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path))
    }
    #expect(both.text().contains("transfer minus"))
    #expect(both.table.csv().hasPrefix("group,Method,n = 8,n = 8 sd"), "\(both.table.csv())")
    study.options.epochs = 9
    #expect {
      try study.run(folder: folder, isResuming: true)
    } throws: { error in
      "\(error)".contains("this cell was made with other options or numbers of rows")
    }
  }

  @Test func aNewTaskNeedsRowsToTrainAndToValidate() {
    var study = study()
    study.rowCounts = [3, 8]
    #expect {
      try study.run()
    } throws: { error in
      "\(error)" == """
        error[too-few-rows] in the study: the new task has 3 rows
          hint: give it at least 4, to train and to validate
        """
    }
  }
}
