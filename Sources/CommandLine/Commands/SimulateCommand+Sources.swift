import Foundation
import RankineData
import RankineSupport

/// `rankine simulate --scenario D`: tasks that have rows of their own.
extension SimulateCommand {
  /// - Throws: `UsageError` for a scenario that is not there, or an option of settings alone;
  ///   `DataError`, `FileError`.
  func drawSources(
    _ letter: String, _ arguments: ParsedArguments, _ console: Console
  ) throws {
    let foreign =
      (arguments.isGiven(Self.setting) ? ["--setting"] : [])
      + (arguments.isGiven(Self.rows) ? ["--n"] : [])
      + (arguments.isGiven(Self.important) ? ["--important"] : [])
      + (arguments.isGiven(Self.cubed) ? ["--cubed"] : [])
    if let option = foreign.first {
      throw UsageError(
        .invalidValue, in: option,
        "it is of the six settings, and --scenario asks for another design",
        hint: "leave one of the two out")
    }
    var simulation = SourceSimulation(
      try StudyArguments.scenario(letter, of: "--scenario"), seed: arguments[CommonOptions.seed])
    if arguments.isGiven(Self.predictors) {
      simulation.predictorCount = arguments[Self.predictors]
    }
    let replication = arguments[Self.replication]
    let drawn = try simulation.replication(replication)
    let (file, truth) = try files(arguments)
    let test = file.deletingPathExtension().path + "-test." + file.pathExtension
    let tables = try drawn.tables()
    try tables.fitting.write(to: file)
    try tables.test.write(to: URL(fileURLWithPath: test))
    try RecordFile.write(simulation.truth(of: drawn, replication: replication), to: truth)
    console.note(
      "wrote \(tables.fitting.rowCount) and \(tables.test.rowCount) rows with --task y:continuous "
        + "--source task to \(file.path) and \(test)")
  }
}
