import Foundation
import RankineData
import RankineStudies
import RankineSupport

/// `rankine study --design transfer`: a new task with few rows.
extension StudyCommand {
  /// - Throws: `UsageError` for a scenario that is not there; `StudyError`, `FileError`.
  func runTransfer(_ arguments: ParsedArguments, _ console: Console) throws {
    var study = TransferStudy()
    if let names = arguments[Self.scenarios]?.names {
      study.scenarios = try names.map { try StudyArguments.scenario($0, of: "--scenarios") }
    }
    study.replications = arguments[StudyArguments.replications].range
    study.simulation.seed = arguments[CommonOptions.seed]
    if arguments.isGiven(SimulateCommand.predictors) {
      study.simulation.predictorCount = arguments[SimulateCommand.predictors]
    }
    study.options = FitCommand.options(arguments)
    let folder = URL(fileURLWithPath: try output(arguments))
    let shard = try shard(arguments)
    let total = shard.count > 1 ? study.cells.count / shard.count : study.cells.count
    let findings = try console.withProgress("replicating", total: total) { line in
      try study.run(
        threads: arguments[CommonOptions.threads], folder: folder, shard: shard,
        isResuming: arguments[Self.resume]
      ) { line.advance(to: $1, "scenario \($0.scenario.rawValue)") }
    }
    try findings.write(to: folder)
    console.output.write(findings.text(width: max(80, min(console.output.width, 110))))
    console.print(
      "\nWritten to \(folder.relativePath): " + findings.fileNames.joined(separator: ", "))
  }
}
