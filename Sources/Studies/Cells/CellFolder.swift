import Foundation
import RankineSupport

/// The finished cells of a comparison or study on disk, a file each, written whole or not at all.
struct CellFolder: Sendable {
  /// The folder that holds the folder `cells`.
  let root: URL
  /// What lies in it, as errors call it: `"comparison"`.
  let content: String

  private var cells: URL { root.appendingPathComponent("cells", isDirectory: true) }

  /// The names of the cells that are there, in alphabetical order. Files that a killed process left
  /// half written have other endings or begin with a full stop.
  var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: cells.path)) ?? []
    return files.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
      .map { String($0.dropLast(5)) }.sorted()
  }

  /// - Throws: `StudyError` (`already-exists`) when cells lie there.
  func checkEmpty() throws(StudyError) {
    guard names.isEmpty else {
      throw StudyError(
        "already-exists", in: root.path, "an earlier \(content) lies here",
        hint: "continue it with --resume, or write to another folder")
    }
  }

  /// The cell of a name, or nil when it is yet to be made.
  ///
  /// - Throws: `FileError` for a damaged file.
  func read<Cell: Decodable>(_ type: Cell.Type, named name: String) throws -> Cell? {
    let url = file(name)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    return try RecordFile.read(type, from: url)
  }

  /// - Throws: `FileError` (`cannot-write`).
  func write(_ cell: some Encodable, named name: String) throws {
    try RecordFile.write(cell, to: file(name))
  }

  /// Where the cell of a name lies.
  func file(_ name: String) -> URL { cells.appendingPathComponent(name + ".json") }
}
