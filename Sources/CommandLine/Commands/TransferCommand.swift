import Foundation
import RankineData
import RankineSupport
import RankineTraining
import RankineZoo

/// `rankine transfer`: a new task on factors that other tasks have learned.
struct TransferCommand: Command {
  static let ownFactors = Argument<Int?>.optional(
    "own-factors", "N", showing: "as many as the other tasks have", check: .within(0...1000),
    "Factors that the new task has for itself; 0 for a task of few rows")

  let name = "transfer"
  let summary = "fit a new task on the shared factors of a fitted dual encoder"
  let discussion = """
    RUN is a run of the model dual-encoder. Its shared encoder stays as it is; the new task learns \
    coefficients, which validation draws to those of the other tasks as far as it helps, and factors of \
    its own. DATA needs the columns of RUN's predictors. The result is a run directory like any other.
    """
  let arguments: [any ArgumentDeclaration] = [
    RunArgument.run, DataArguments.data, DataArguments.tasks, DataArguments.identifier, ownFactors,
    FitCommand.split, FitCommand.epochs, FitCommand.patience, FitCommand.output, FitCommand.force,
  ]
  let examples = [
    Example(
      "rankine transfer run new.csv --task y:continuous --own-factors 0 --out new-run",
      "a task of few rows")
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let source = try RunArgument.fit(at: arguments[RunArgument.run])
    let table = try Table(contentsOf: URL(fileURLWithPath: arguments[DataArguments.data]))
    let outcomes = try arguments[DataArguments.tasks].map {
      try DataArguments.parsed($0, Outcome.init(specification:))
    }
    let data = try Dataset(
      table, outcomes: outcomes,
      features: Features(
        .columns(source.preprocessor.columns), identifier: arguments[DataArguments.identifier]))
    let path = arguments[FitCommand.output]
    let folder = URL(fileURLWithPath: path)
    let isReplacing = arguments[FitCommand.force]
    try checkDirectory(at: folder, marker: FittedModel.modelFile, isReplacing: isReplacing)
    let shares = arguments[FitCommand.split]
    let seed = arguments[CommonOptions.seed]
    let split = Split.ratio(shares.training, shares.validation, shares.test)
    var options = TrainingOptions()
    options.epochs = arguments[FitCommand.epochs]
    options.patience = arguments[FitCommand.patience]
    let progress = FitProgress(console)
    var fit = try source.transferred(
      to: data, parts: split.parts(of: data, seed: seed), ownFactors: arguments[Self.ownFactors],
      seed: seed, options: options, threads: arguments[CommonOptions.threads],
      progress: { progress.show($0) })
    progress.finish()
    fit.command = arguments.commandLine
    let files = RunFiles(
      fit: fit, data: data, modelName: "transferred-encoder",
      identifier: arguments[DataArguments.identifier], hasEvents: false)
    try writeDirectory(
      at: folder, marker: FittedModel.modelFile, isReplacing: isReplacing, files.write)
    let summary = FitSummary(fit: fit, data: data, modelName: "transferred-encoder", path: path)
    if arguments[CommonOptions.json] {
      try console.printRecord(summary)
    } else {
      console.output.write(summary.text(width: console.output.width))
    }
  }
}
