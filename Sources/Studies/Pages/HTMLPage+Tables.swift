import Foundation
import RankineSupport

/// The tables of a report as files for papers and programs.
extension HTMLPage {
  /// The folder that `writeTables(into:)` makes.
  public static let tableFolder: String = "tables"

  /// Every table with a name for its files: that of its section in small letters, with a number where the
  /// section has several.
  public var tables: [(name: String, table: ResultTable)] {
    sections.flatMap { section -> [(name: String, table: ResultTable)] in
      let own = section.blocks.compactMap { block -> ResultTable? in
        if case .table(let table) = block { table } else { nil }
      }
      let name = section.title.lowercased().split { !$0.isLetter && !$0.isNumber }
        .joined(separator: "-")
      return own.enumerated().map { place, table in
        (name: own.count > 1 ? "\(name)-\(place + 1)" : name, table: table)
      }
    }
  }

  /// Writes each table as Markdown, LaTeX and CSV into the folder `tables`.
  ///
  /// - Throws: `FileError` (`cannot-write`).
  public func writeTables(into folder: URL) throws {
    let folder = folder.appendingPathComponent(Self.tableFolder)
    for (name, table) in tables {
      let files = [("md", table.markdown()), ("tex", table.latex()), ("csv", table.csv())]
      for (ending, text) in files {
        try writeAtomically(text, to: folder.appendingPathComponent("\(name).\(ending)"))
      }
    }
  }
}
