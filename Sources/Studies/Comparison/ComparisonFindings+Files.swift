import Foundation
import RankineSupport

extension ComparisonFindings {
  /// The files that `write(to:command:)` makes, beside a folder with every table of the report.
  public static let fileNames: [String] = [
    "table.txt", "table.md", "table.tex", "table.csv", "predictors.csv", "results.json",
    "report.html",
  ]

  /// Writes the tables, the numbers and the report, each whole or not at all.
  ///
  /// - Parameters:
  ///   - folder: made where it is missing.
  ///   - command: the command line that the report shows; empty for none.
  /// - Throws: `FileError` (`cannot-write`).
  public func write(to folder: URL, command: String = "") throws {
    let full = table()
    let page = ComparisonReport(self, command: command).page
    let files = [
      "table.txt": text, "table.md": table(Self.headline).markdown(),
      "table.tex": table(Self.headline).latex(), "table.csv": full.csv(),
      "predictors.csv": predictorCSV,
      "report.html": page.html(),
    ]
    for name in Self.fileNames {
      if let text = files[name] {
        try writeAtomically(text, to: folder.appendingPathComponent(name))
      }
    }
    try page.writeTables(into: folder)
    try RecordFile.write(
      ComparisonSummary(self), to: folder.appendingPathComponent("results.json"))
  }

  /// Every feature of every model.
  private var predictorCSV: String {
    var table = ResultTable(
      columns: ["model", "feature", "mean_rank", "selected_splits", "splits"].map {
        ResultTable.Column($0)
      })
    for entry in predictors {
      table.append([
        .text(entry.model), .text(entry.feature), .number(entry.meanRank),
        .text("\(entry.selectedCount)"), .text("\(entry.splitCount)"),
      ])
    }
    return table.csv()
  }
}
