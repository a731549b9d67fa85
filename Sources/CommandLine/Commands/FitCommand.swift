import Foundation
import RankineData
import RankineLanguage
import RankineSupport
import RankineTraining
import RankineZoo

/// `rankine fit`: trains a model on a table and writes a run directory.
struct FitCommand: Command {
  static let split = Argument.option(
    "split", "T/V/E", default: SplitRatio(training: 60, validation: 20, test: 20),
    "Shares of training, validation and test rows")
  static let strength = Argument.option(
    "lambda", "L", default: PenaltyChoice.path,
    "The strength of the penalty: path (tries several), auto (one, from the data) or a number")
  static let rule = ruleArgument(TrainingOptions().strengthRule)
  static let epochs = Argument.option(
    "epochs", "N", default: TrainingOptions().epochs, check: .atLeast(1),
    "The most passes over the training rows per strength")
  static let batch = Argument<Int?>.optional(
    "batch", "N", showing: "64, more for large data", check: .atLeast(1), "Rows in a mini-batch")
  static let rate = Argument.option(
    "learning-rate", "X", default: TrainingOptions().learningRate, "The step size of the optimizer")
  static let patience = Argument.option(
    "patience", "N", default: TrainingOptions().patience, check: .atLeast(1),
    "Epochs without a better validation concordance after which a fit stops")
  static let pathStart = Argument<String>.option(
    "path-start", "WHERE", default: TrainingOptions().pathStart.rawValue,
    check: .oneOf(PathStart.allCases.map(\.rawValue)),
    "Where each fit of a path starts: fresh (the first weights) or warm (the fit before it)")
  static let adaptive = Argument<String>.option(
    "adaptive", "WHEN", default: TrainingOptions().adaptiveWeights.rawValue,
    check: .oneOf(AdaptiveWeights.allCases.map(\.rawValue)),
    "A second path that weighs features by the first: automatic, always or never")
  static let activeColumns = Argument<String>.option(
    "active-columns", "WHEN", default: TrainingOptions().activeColumns.rawValue,
    check: .oneOf(ActiveColumns.allCases.map(\.rawValue)),
    "Leave features at zero out of training steps: automatic, always or never")
  static let output = Argument<String>.required("out", "RUN", "The run directory to write")
  static let events = Argument<Bool>.flag(
    "events", "Write the epochs for TensorBoard as well, in the folder events of RUN")
  static let checkpoint = Argument<Bool>.flag(
    "checkpoint",
    "Keep finished fits in RUN.checkpoint until the run is written, and go on from those that are there"
  )
  static let force = Argument<Bool>.flag("force", "Replace an earlier run in that directory")

  let name = "fit"
  let summary = "train a model on a table and write a run directory"
  let discussion =
    DataArguments.discussion + """


      The run directory has model.json, weights.safetensors, selected.csv, metrics.json, \
      history.csv, strengths.csv, predictions.csv (the test rows), trials.csv (with --tune) and \
      report.html; it appears when all of it is written. predict and evaluate read it.
      """
  let arguments: [any ArgumentDeclaration] =
    DataArguments.all + [
      ModelArguments.option, ModelArguments.settings, ModelArguments.tuning, split, strength, rule,
      pathStart, adaptive,
      activeColumns, epochs, patience, batch, rate, output, events,
      checkpoint, force,
    ]
  let examples = [
    Example(
      "rankine fit patients.csv --task ER:binary --task \"OS=censored(time,event)\" --out run",
      "every other column is a predictor"),
    Example(
      "rankine fit genes.csv --task age:continuous --features \"gene_*\" --lambda 0.05 --out run",
      "chosen predictors and a given strength"),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let modelName = arguments[ModelArguments.option]
    var model = try ModelArguments.model(named: modelName, arguments[ModelArguments.settings])
    if arguments.isGiven(Self.strength) { model.selection = arguments[Self.strength].strength }
    let grid = try ModelArguments.grid(arguments[ModelArguments.tuning], of: model)
    let data = try DataArguments.dataset(arguments)
    let path = arguments[Self.output]
    let folder = URL(fileURLWithPath: path)
    let isReplacing = arguments[Self.force]
    try checkDirectory(at: folder, marker: FittedModel.modelFile, isReplacing: isReplacing)
    var fit = try train(model, grid, on: data, arguments, console: console)
    fit.command = arguments.commandLine
    let files = RunFiles(
      fit: fit, data: data, modelName: modelName, identifier: arguments[DataArguments.identifier],
      hasEvents: arguments[Self.events])
    try writeDirectory(
      at: folder, marker: FittedModel.modelFile, isReplacing: isReplacing, files.write)
    try self.checkpoint(arguments)?.remove()
    let thinParts = fit.parts?.warnings(for: data.outcomes) ?? []
    for warning in fit.preprocessor.warnings + thinParts + fit.warnings {
      console.warn(warning)
    }
    let summary = FitSummary(fit: fit, data: data, modelName: modelName, path: path)
    if arguments[CommonOptions.json] {
      try console.printRecord(summary)
    } else {
      console.output.write(summary.text(width: console.output.width))
    }
  }

  static func ruleArgument(_ usual: StrengthRule) -> Argument<String> {
    .option(
      "lambda-rule", "RULE", default: usual.rawValue,
      check: .oneOf(StrengthRule.allCases.map(\.rawValue)),
      "Which strength of a path is kept: best, or one-se (the strongest within a standard error)")
  }

  /// How the arguments of a fit say that models are trained.
  static func options(_ arguments: ParsedArguments) -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = arguments[epochs]
    options.batchSize = arguments[batch]
    options.learningRate = arguments[rate]
    options.patience = arguments[patience]
    options.strengthRule = StrengthRule(rawValue: arguments[rule]) ?? options.strengthRule
    options.pathStart = PathStart(rawValue: arguments[pathStart]) ?? options.pathStart
    options.adaptiveWeights =
      AdaptiveWeights(rawValue: arguments[adaptive]) ?? options.adaptiveWeights
    return options
  }

  private func train(
    _ model: any ZooModel, _ grid: HyperparameterGrid, on data: Dataset,
    _ arguments: ParsedArguments, console: Console
  ) throws -> FittedModel {
    var options = Self.options(arguments)
    options.activeColumns =
      ActiveColumns(rawValue: arguments[Self.activeColumns]) ?? options.activeColumns
    let shares = arguments[Self.split]
    try noteMemory(of: model.model, on: data, options, arguments, console: console)
    let checkpoint = checkpoint(arguments)
    if let count = checkpoint?.count, count > 0 {
      console.note("Going on from \(count) finished fits in \(arguments[Self.output]).checkpoint")
    }
    let progress = FitProgress(console)
    defer { progress.finish() }
    return try model.fit(
      data, grid: grid, split: .ratio(shares.training, shares.validation, shares.test),
      seed: arguments[CommonOptions.seed], options: options,
      threads: arguments[CommonOptions.threads], checkpoint: checkpoint,
      progress: { progress.show($0) })
  }

  private func checkpoint(_ arguments: ParsedArguments) -> FitCheckpoint? {
    guard arguments[Self.checkpoint] else { return nil }
    return FitCheckpoint(
      folder: URL(fileURLWithPath: arguments[Self.output] + ".checkpoint", isDirectory: true))
  }
}

extension FitCommand {
  /// Bytes from which a fit says beforehand what it will take.
  private static let largeFit = 1_000_000_000
  /// Numbers of a table below which no fit is that large.
  private static let smallTable = 10_000_000

  /// Says what a large fit will take, before it takes it.
  private func noteMemory(
    of model: Model, on data: Dataset, _ options: TrainingOptions, _ arguments: ParsedArguments,
    console: Console
  ) throws {
    let featureCount = data.featureColumns.count
    guard data.rowCount * featureCount > Self.smallTable else { return }
    let estimate = try MemoryEstimate(
      model, rowCount: data.rowCount, featureCount: featureCount,
      tasks: data.outcomes.map {
        TaskDescription(name: $0.name, scale: $0.scale, levelCount: $0.levels.count)
      },
      options: options, threads: arguments[CommonOptions.threads])
    guard estimate.byteCount > Self.largeFit else { return }
    console.note("The fit will take about this much memory:\n" + estimate.text)
  }
}

extension PenaltyChoice {
  /// As models take it: a path has as many strengths as the deep smoothed rank model recommends, an
  /// automatic one is the middle of that path in units of the data's own largest useful strength.
  var strength: Strength {
    switch self {
    case .path: DeepSmoothedRank().selection
    case .automatic: .path(count: 1)
    case .fixed(let value): .fixed(value)
    }
  }
}
