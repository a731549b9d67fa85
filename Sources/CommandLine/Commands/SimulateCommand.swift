import Foundation
import RankineData
import RankineSupport

/// `rankine simulate`: data of which the truth is known.
struct SimulateCommand: Command {
  static let setting = Argument<Int?>.optional(
    "setting", "1…6", check: .within(1...6), "Which of the six settings of the simulation study")
  static let scenario = Argument<String?>.optional(
    "scenario", "A…F", "Which scenario of tasks with rows of their own, in the place of a setting")
  static let rows = Argument.option("n", "N", default: 1000, check: .atLeast(10), "Rows")
  static let predictors = Argument.option("p", "P", default: 100, check: .atLeast(1), "Predictors")
  static let important = Argument.option(
    "important", "S", default: 30, check: .atLeast(1), "The predictors that matter: the first S")
  static let replication = Argument.option(
    "replication", "R", default: 1, check: .atLeast(0),
    "Which data set of the setting; each has its own random numbers")
  static let cubed = Argument<Bool>.flag(
    "cubed", "Replace the second response, where it is a number, by its cube")
  static let output = Argument<String>.required("out", "FILE", "The CSV file to write")
  static let truth = Argument<String?>.optional(
    "truth", "FILE", showing: "truth.json beside the data",
    "Where to write what the data were made from")

  let name = "simulate"
  let summary = "draw data from the simulation study, with the truth beside them"
  let discussion = """
    The file has predictors x1, x2, … and outcomes y1 and y2: numbers in settings 1 and 2, classes \
    in 3 and 4, one of each in 5 and 6. The truth, truth.json in the same folder unless --truth \
    names another file, holds the important predictors, the coefficients, the noiseless signals \
    and the split.

    With --scenario a row is one of five tasks, which the column task names: FILE has the rows of \
    training and validation, and FILE with -test before its ending those to test on.
    """
  let arguments: [any ArgumentDeclaration] = [
    setting, scenario, rows, predictors, important, replication, cubed, output, truth,
  ]
  let examples = [
    Example("rankine simulate --setting 5 --out data.csv", "data.csv and truth.json"),
    Example("rankine simulate --setting 2 --p 500 --cubed --out data.csv", "a harder one"),
    Example(
      "rankine simulate --scenario D --out sources.csv", "sources.csv, sources-test.csv, truth.json"
    ),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    if let letter = arguments[Self.scenario] {
      try drawSources(letter, arguments, console)
      return
    }
    guard let setting = arguments[Self.setting] else {
      throw UsageError.missing(
        "--setting 1…6", summary: "Which of the six settings, or --scenario A…F")
    }
    let simulated = try Simulation(
      setting: setting, rowCount: arguments[Self.rows],
      predictorCount: arguments[Self.predictors], importantCount: arguments[Self.important],
      cubesSecondResponse: arguments[Self.cubed], seed: arguments[CommonOptions.seed]
    ).replication(arguments[Self.replication])
    let (file, truth) = try files(arguments)
    try simulated.dataset.table.write(to: file)
    try RecordFile.write(simulated.truth, to: truth)
    let tasks = simulated.dataset.declarations.map(\.specification).joined(separator: " ")
    console.note("wrote \(simulated.dataset.rowCount) rows with \(tasks) to \(file.path)")
  }

  /// Where the data go, and the truth.
  ///
  /// - Throws: `UsageError` (`invalid-value`) where they would be one file.
  func files(_ arguments: ParsedArguments) throws -> (data: URL, truth: URL) {
    let file = URL(fileURLWithPath: arguments[Self.output])
    let truth =
      arguments[Self.truth].map { URL(fileURLWithPath: $0) }
      ?? file.deletingLastPathComponent().appendingPathComponent("truth.json")
    guard file.standardizedFileURL != truth.standardizedFileURL else {
      throw UsageError(
        .invalidValue, in: "--out", "data and truth would be one file",
        hint: "name another file with --truth")
    }
    return (file, truth)
  }
}
