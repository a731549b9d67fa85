import Foundation
import RankineData
import RankineTraining
import Testing

@testable import RankineStudies

/// Directions that the scenarios are made to show, on few small replications with wide margins.
struct SourceStudyTests {
  private func study(_ names: [String], _ scenarios: [SourceSimulation.Scenario]) throws
    -> SourceStudy
  {
    var study = SourceStudy(candidates: try SourceMethods.candidates(names))
    study.scenarios = scenarios
    study.replications = 1...2
    study.simulation.predictorCount = 5
    study.simulation.trainingCounts = [40, 60, 80]
    study.simulation.validationCount = 60
    study.simulation.testCount = 200
    study.options.epochs = 6
    study.options.patience = 6
    return study
  }

  /// In E one task has the opposite coefficients: what forces all to agree fails, what adapts does not.
  @Test func anOutlyingTaskBreaksPoolingAndNotTheAdaptiveCentre() throws {
    let findings = try study(["shared-only", "pooled"], [.outlier]).run(threads: 2)
    #expect(findings.failures.isEmpty)
    for (own, pooled) in zip(
      findings.errors(of: "shared-only", .outlier), findings.errors(of: "pooled", .outlier))
    {
      #expect(own < pooled - 0.2)
    }
  }

  /// In A tasks are one: sharing beats a network of each task's own.
  @Test func sharingPaysWhereTasksAreOne() throws {
    let findings = try study(["shared-only", "single-task"], [.homogeneous]).run(threads: 2)
    for (shared, single) in zip(
      findings.errors(of: "shared-only", .homogeneous),
      findings.errors(of: "single-task", .homogeneous))
    {
      #expect(shared < single)
    }
  }

  @Test func tablesHaveARowAModelAndAColumnAScenario() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var study = try study(["robust-linear", "ridge-mean-linear"], [.both, .homogeneous])
    let findings = try study.run(threads: 2, folder: folder)
    #expect(findings.scenarios == [.homogeneous, .both])
    #expect(findings.table.csv().hasPrefix("Model,A,A sd,D,D sd\n"), "\(findings.table.csv())")
    #expect(findings.text().contains("robust-linear minus"))
    try findings.write(to: folder)
    for name in SourceFindings.fileNames {
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path))
    }
    // Going on takes the cells over, and other options are refused.
    #expect(try study.run(folder: folder, isResuming: true).records == findings.records)
    study.options.epochs = 7
    #expect {
      try study.run(folder: folder, isResuming: true)
    } throws: {
      ($0 as? StudyError)?.code == "other-setup"
    }
    #expect {
      try study.run(folder: folder)
    } throws: {
      ($0 as? StudyError)?.code == "already-exists"
    }
  }

  @Test func anUnknownMethodIsToldTheNearest() {
    #expect {
      try SourceMethods.candidates(["poled"])
    } throws: { error in
      "\(error)" == """
        error[unknown-model] in the method "poled": there is no method of this name
          hint: did you mean "pooled"?
        """
    }
  }

  @Test func everyMethodIsThere() throws {
    #expect(try SourceMethods.candidates().map(\.name) == SourceMethods.names)
    #expect(SourceMethods.names.first == "dual")
  }
}
