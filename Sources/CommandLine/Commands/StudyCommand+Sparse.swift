import Foundation
import RankineStudies
import RankineSupport

/// `rankine study --design NAME`: experiments on sparse linear models.
extension StudyCommand {
  /// An experiment on sparse linear models: its own table, in the files of a study.
  func experiment(
    _ design: String, _ arguments: ParsedArguments, _ console: Console
  ) throws {
    let study = try SparseStudy(
      design: design, replications: arguments[StudyArguments.replications].range,
      seed: arguments[CommonOptions.seed])
    let folder = URL(fileURLWithPath: try output(arguments))
    let findings = try console.withProgress("replicating", total: study.replications.count) {
      line in
      try study.run(threads: arguments[CommonOptions.threads]) { line.advance(to: $0, design) }
    }
    try findings.write(to: folder)
    if arguments[CommonOptions.json] {
      try console.printRecord(findings.replications)
    } else {
      console.output.write(findings.table.plainText(width: max(80, min(console.output.width, 110))))
      console.print(
        "\nWritten to \(folder.relativePath): "
          + SparseStudyFindings.fileNames.joined(separator: ", "))
    }
  }
}
