import Foundation
import RankineSupport

extension StudyFindings {
  /// The files that `write(to:command:)` makes, beside a folder with every table of the report.
  public static let fileNames: [String] = [
    "table.txt", "table.md", "table.tex", "table.csv", "excess.csv", "differences.csv",
    "results.json", "report.html",
  ]

  /// Writes the tables, the numbers and the report, each whole or not at all. Equal cells make equal
  /// files, but for the times in the report.
  ///
  /// - Parameters:
  ///   - folder: made where it is missing.
  ///   - command: the command line that the report shows; empty for none.
  /// - Throws: `FileError` (`cannot-write`).
  public func write(to folder: URL, command: String = "") throws {
    let summary = StudySummary(self)
    let page = StudyReport(self, command: command).page
    let tables =
      families.map(table) + (models.count > 1 ? families.map(differenceTable) : [])
      + families.map(excessTable)
    let files = [
      "table.txt": text, "table.md": tables.map { $0.markdown() }.joined(separator: "\n"),
      "table.tex": tables.map { $0.latex() }.joined(separator: "\n"),
      "table.csv": fullTable().csv(), "excess.csv": fullTable(excess: true).csv(),
      "differences.csv": summary.differenceTable.csv(),
      "report.html": page.html(),
    ]
    for name in Self.fileNames {
      if let text = files[name] {
        try writeAtomically(text, to: folder.appendingPathComponent(name))
      }
    }
    try page.writeTables(into: folder)
    try RecordFile.write(summary, to: folder.appendingPathComponent("results.json"))
  }
}
