import Foundation
import RankineData
import RankineStudies
import RankineSupport
import RankineTraining

/// The files of a run directory, as `rankine fit` writes them.
struct RunFiles {
  let fit: FittedModel
  /// What it was fitted to.
  let data: Dataset
  /// As the user types it.
  let modelName: String
  /// The column that names the rows.
  let identifier: String?
  /// Whether the epochs are written for TensorBoard as well.
  let hasEvents: Bool

  /// - Throws: `FileError` (`cannot-write`).
  func write(into folder: URL) throws {
    try fit.writeFiles(into: folder)
    let page = RunReport(fit, data: data, modelName: modelName, command: fit.command ?? "").page
    try writeAtomically(page.html(), to: folder.appendingPathComponent("report.html"))
    try page.writeTables(into: folder)
    if hasEvents { try TrainingEvents(fit).write(into: folder.appendingPathComponent("events")) }
    if let identifier, let test = fit.testPredictions {
      try test.predictions
        .table(rows: test.rows, identifiers: test.identifiers, heading: identifier)
        .write(to: folder.appendingPathComponent("predictions.csv"))
    }
  }
}
