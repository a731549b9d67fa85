import Foundation
import RankineSupport

/// A cell with the time that it took, which is no part of it: times differ from run to run.
struct TimedCell: Sendable {
  let record: StudyCellRecord
  /// How long the fit took; NaN where it is not known.
  let seconds: Double
}

/// A study on disk: a file a cell in `cells`, the time it took in `timings`.
///
/// Processes that share a study need no more coordination: each cell is written by one of them, whole
/// or not at all, and says itself what it was made with.
struct StudyFolder: Sendable {
  let root: URL

  var cells: CellFolder { CellFolder(root: root, content: "study") }

  /// - Throws: `FileError` for a damaged cell.
  func records() throws -> [StudyCellRecord] {
    let cells = cells
    return try cells.names.compactMap { try cells.read(StudyCellRecord.self, named: $0) }
  }

  /// - Throws: `FileError` for a damaged cell.
  func timedRecords() throws -> [TimedCell] {
    try records().map { record in
      // A process that was killed may have left a cell without its time; that loses nothing.
      let timing = try? RecordFile.read(Timing.self, from: timing(of: record.cell))
      return TimedCell(record: record, seconds: timing?.seconds ?? .nan)
    }
  }

  /// - Throws: `FileError` (`cannot-write`).
  func write(_ cell: TimedCell) throws {
    try cells.write(cell.record, named: cell.record.cell.fileName)
    try RecordFile.write(Timing(seconds: cell.seconds), to: timing(of: cell.record.cell))
  }

  private func timing(of cell: StudyCell) -> URL {
    root.appendingPathComponent("timings/\(cell.fileName).json")
  }

  private struct Timing: Codable {
    let seconds: Double
  }
}
