import Foundation
import RankineStudies
import RankineSupport

/// `rankine study --design NAME`: experiments on sparse linear models.
extension StudyCommand {
  /// An experiment on sparse linear models: its own table, in the files of a study.
  func experiment(
    _ design: String, _ arguments: ParsedArguments, _ console: Console
  ) throws {
    let collected = arguments[Self.collect].map { URL(fileURLWithPath: $0) }
    if let first = collected.first {
      let findings = try SparseStudyFindings(of: collected, design: design)
      let target = arguments[Self.output].map { URL(fileURLWithPath: $0) } ?? first
      return try show(findings, in: target, arguments, console)
    }
    let study = try SparseStudy(
      design: design, replications: arguments[StudyArguments.replications].range,
      seed: arguments[CommonOptions.seed])
    let folder = URL(fileURLWithPath: try output(arguments))
    let shard = try shard(arguments)
    let threads = arguments[CommonOptions.threads]
    let total = study.cells(of: shard).count
    console.note("\(total) cells on \(min(threads, max(1, total))) threads")
    let findings = try console.withProgress("replicating", total: total) { line in
      try study.run(
        threads: threads, folder: folder, shard: shard, isResuming: arguments[Self.resume]
      ) { line.advance(to: $1, "replication \($0.replication)") }
    }
    try show(findings, in: folder, arguments, console)
  }

  private func show(
    _ findings: SparseStudyFindings, in folder: URL, _ arguments: ParsedArguments,
    _ console: Console
  ) throws {
    try findings.write(to: folder, command: arguments.commandLine)
    if arguments[CommonOptions.json] {
      try console.printRecord(findings.records)
    } else {
      console.output.write(findings.table.plainText(width: max(80, min(console.output.width, 110))))
      console.print(
        "\nWritten to \(folder.relativePath): "
          + SparseStudyFindings.fileNames.joined(separator: ", "))
    }
  }
}
