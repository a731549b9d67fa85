import Foundation
import RankineData
import RankineEvaluation
import RankineSupport
import RankineTraining

@testable import RankineStudies

/// Two models on two replications of settings 1 and 5, with 60 rows of six predictors.
func smallStudy(_ candidates: [Candidate]? = nil) -> SimulationStudy {
  var study = SimulationStudy(
    candidates: candidates ?? [
      Candidate("free", SmallDeclaration()),
      Candidate("sparse", SmallDeclaration(strength: .fixed(0.05))),
    ])
  study.settings = [1, 5]
  study.replications = 1...2
  study.simulation = Simulation(
    setting: 1, rowCount: 60, predictorCount: 6, importantCount: 3)
  study.options = .quick
  return study
}

/// The files of a study that do not hold times.
func studyBytes(_ scratch: Scratch, in folder: String = "") throws -> [String: Data] {
  let names = StudyFindings.fileNames.filter { $0 != "report.html" }
  let root = scratch.file(folder)
  let cells = try FileManager.default.contentsOfDirectory(
    atPath: root.appendingPathComponent("cells").path
  ).filter { $0.hasSuffix(".json") }.map { "cells/" + $0 }
  return try (names + cells).reduce(into: [:]) {
    $0[$1] = try readFile(root.appendingPathComponent($1))
  }
}

/// A cell with given numbers of its one task.
func handCell(
  _ model: String, _ replication: Int, setting: Int = 1, variant: StudyVariant = .plain,
  metrics: [MetricName: Double], truth: [MetricName: Double] = [:], truePositives: Double = 2,
  seconds: Double = 1, epochs: Int = 200
) -> TimedCell {
  var options = TrainingOptions()
  options.epochs = epochs
  func tasks(_ values: [MetricName: Double]) -> TaskMetrics {
    TaskMetrics(tasks: ["y1": Metrics(type: "continuous", count: 12, values: values)])
  }
  return TimedCell(
    record: StudyCellRecord(
      cell: StudyCell(
        condition: StudyCondition(setting: setting, variant: variant), replication: replication,
        model: model),
      setup: StudySetup(simulation: Simulation(setting: setting), options: options), settings: [],
      chosenSettings: [], seed: 1, metrics: tasks(metrics), truth: tasks(truth),
      recovery: Recovery(
        of: ["a", "b"], features: ["a", "b", "c"],
        selections: [Selection(norms: truePositives == 2 ? [2, 1, 0] : [2, 0, 1])]),
      strengths: []),
    seconds: seconds)
}
