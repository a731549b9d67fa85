import Foundation
import RankineData
import RankineStudies
import RankineSupport

/// `rankine study --design sources`: tasks that have rows of their own.
extension StudyCommand {
  /// - Throws: `UsageError` for an option that this design does not have, or a scenario that is not
  ///   there; `StudyError`, `FileError`.
  func runSources(_ arguments: ParsedArguments, _ console: Console) throws {
    let study = try sourceStudy(arguments)
    let folder = URL(fileURLWithPath: try output(arguments))
    let shard = try shard(arguments)
    let total = study.cells(of: shard).count
    let part = shard == .whole ? "" : " of shard \(shard.number)/\(shard.count)"
    let threads = arguments[CommonOptions.threads]
    console.note("\(total) fits\(part) on \(min(threads, max(1, total))) threads")
    let findings = try console.withProgress("fitting", total: total) { line in
      try study.run(
        threads: threads, folder: folder, shard: shard, isResuming: arguments[Self.resume]
      ) {
        line.advance(to: $1, "\($0.model), scenario \($0.scenario.rawValue)")
      }
    }
    try findings.write(to: folder)
    console.output.write(findings.text(width: max(80, min(console.output.width, 110))))
    console.print(
      "\nWritten to \(folder.relativePath): "
        + SourceFindings.fileNames.joined(separator: ", "))
    if let failure = findings.failure { throw failure }
  }

  /// The study that the arguments ask for.
  ///
  /// - Throws: `UsageError` for a scenario that is not there; `StudyError`.
  func sourceStudy(_ arguments: ParsedArguments) throws -> SourceStudy {
    var study = SourceStudy(
      candidates: try SourceMethods.candidates(arguments[StudyArguments.models]?.names ?? []))
    study.scenarios = try (arguments[Self.scenarios]?.names ?? []).map {
      try StudyArguments.scenario($0, of: "--scenarios")
    }
    if study.scenarios.isEmpty { study.scenarios = SourceSimulation.Scenario.allCases }
    study.replications = arguments[StudyArguments.replications].range
    study.simulation.seed = arguments[CommonOptions.seed]
    if arguments.isGiven(SimulateCommand.predictors) {
      study.simulation.predictorCount = arguments[SimulateCommand.predictors]
    }
    study.options = FitCommand.options(arguments)
    return study
  }
}

extension StudyArguments {
  /// The scenario of a letter.
  ///
  /// - Throws: `UsageError` (`invalid-value`) naming the option.
  static func scenario(_ letter: String, of option: String) throws -> SourceSimulation.Scenario {
    guard let scenario = SourceSimulation.Scenario(rawValue: letter.uppercased()) else {
      throw UsageError(
        .invalidValue, in: option, "there is no scenario \"\(letter)\"",
        hint: "choose from A to F")
    }
    return scenario
  }
}
