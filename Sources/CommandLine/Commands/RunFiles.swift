import Foundation
import RankineTraining

/// The files of a run directory, as `rankine fit` writes them.
struct RunFiles {
  let fit: FittedModel
  /// The column that names the rows.
  let identifier: String?

  /// - Throws: `FileError` (`cannot-write`).
  func write(into folder: URL) throws {
    try fit.writeFiles(into: folder)
    if let identifier, let test = fit.testPredictions {
      try test.predictions
        .table(rows: test.rows, identifiers: test.identifiers, heading: identifier)
        .write(to: folder.appendingPathComponent("predictions.csv"))
    }
  }
}
