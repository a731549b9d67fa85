import Foundation
import RankineSupport

/// The finished cells of a comparison on disk, a file each, written whole or not at all.
struct CellFolder: Sendable {
  /// The comparison's own folder, which holds the folder `cells`.
  let root: URL

  private var cells: URL { root.appendingPathComponent("cells", isDirectory: true) }

  /// - Throws: `StudyError` (`already-exists`) when another comparison's cells lie there.
  func checkEmpty() throws(StudyError) {
    let files = try? FileManager.default.contentsOfDirectory(atPath: cells.path)
    guard files?.isEmpty ?? true else {
      throw StudyError(
        "already-exists", in: root.path, "an earlier comparison lies here",
        hint: "continue it with --resume, or write to another folder")
    }
  }

  /// The cell of a model and split, or nil when it is yet to be made.
  ///
  /// - Throws: `FileError` for a damaged file; `StudyError` (`other-setup`) for the cell of another
  ///   comparison.
  func read(model: String, split: Int, setup: String) throws -> CellRecord? {
    let url = file(model: model, split: split)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let cell = try RecordFile.read(CellRecord.self, from: url)
    guard cell.setup == setup, cell.model == model, cell.split == split else {
      throw StudyError(
        "other-setup", in: url.path,
        "this cell was made with other data, tasks, split, seed, options or hyperparameters",
        hint: "repeat the options of the first run, or write to another folder")
    }
    return cell
  }

  /// - Throws: `FileError` (`cannot-write`).
  func write(_ cell: CellRecord) throws {
    try RecordFile.write(cell, to: file(model: cell.model, split: cell.split))
  }

  private func file(model: String, split: Int) -> URL {
    cells.appendingPathComponent("\(model)-split-\(split).json")
  }
}
