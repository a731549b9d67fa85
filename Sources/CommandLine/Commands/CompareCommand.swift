import Foundation
import RankineData
import RankineEvaluation
import RankineStudies
import RankineTraining
import RankineZoo

/// `rankine compare`: several models on the same repeated splits, one table.
struct CompareCommand: Command {
  /// The folder when none is named; with `-2`, `-3`, … where it is taken.
  static let defaultFolder: String = "rankine-compare"

  /// With one path instead of two, enough for the bundled data, whose fits are at their best early.
  private static let bundledPatience = 10

  /// The model itself, and what it is measured by.
  private static let usualModels = ["deep-smoothed-rank", "stl", "uniform"]

  static let data = Argument<String?>.optionalOperand(
    "DATA", "A CSV or TSV file; without it, the bundled SUPPORT2 with five outcomes")
  static let models = Argument<NameList?>.optional(
    "models", "A,B,…", showing: usualModels.joined(separator: ","),
    "Names as `rankine zoo` lists them, or all, or NAME=MODEL to give a model another name; the others "
      + "are held against the first")
  static let splits = Argument.option(
    "splits", "N", default: 5, check: .within(1...10_000), "How often the rows are divided anew")
  static let patience = Argument<Int?>.optional(
    "patience", "N", showing: "\(TrainingOptions().patience), bundled data \(bundledPatience)",
    check: .atLeast(1), "Epochs without a better validation concordance after which a fit stops")
  static let adaptive = Argument<String?>.optional(
    "adaptive", "WHEN", showing: "automatic, bundled data never",
    check: .oneOf(AdaptiveWeights.allCases.map(\.rawValue)),
    "A second path of penalties that weighs features by the first: automatic, always or never")
  static let settings = Argument<[Assignment]>.repeated(
    "set", "MODEL.KEY=VALUE", "Sets a hyperparameter of one of the models")
  static let output = Argument<String?>.optional(
    "out", "DIR", showing: defaultFolder, "The folder to write")
  static let resume = Argument<Bool>.flag("resume", "Continue the comparison in --out")

  let name = "compare"
  let summary = "compare models on repeated splits of one data set"
  let discussion =
    DataArguments.discussion + """


      Every model sees the same training, validation and test rows of every split. DIR has \
      table.txt, table.md, table.tex, table.csv, predictors.csv, results.json, report.html, and a \
      file for each finished fit in cells, so that an interrupted comparison goes on with --resume.
      """
  let arguments: [any ArgumentDeclaration] = [
    data, DataArguments.optionalTasks, DataArguments.source, DataArguments.features,
    DataArguments.excluded, DataArguments.dropsConstant, DataArguments.standardization,
    DataArguments.scaling, DataArguments.absent, models, splits, FitCommand.split,
    FitCommand.strength, FitCommand.epochs, patience, adaptive, FitCommand.batch, FitCommand.rate,
    settings, StudyArguments.tuning, output, resume,
  ]
  let examples = [
    Example("rankine compare", "three models on the bundled data, in a minute or two"),
    Example(
      "rankine compare patients.csv --task ER:binary --task \"OS=censored(time,event)\" "
        + "--models deep-smoothed-rank,uniform --splits 20 --out study",
      "two models on your own data"),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let comparison = try comparison(arguments)
    let folder = try folder(arguments)
    let cellCount = comparison.splitCount * comparison.candidates.count
    let threads = arguments[CommonOptions.threads]
    console.note("\(cellCount) fits on \(min(threads, cellCount)) threads")
    let result = try console.withProgress("comparing", total: cellCount) { line in
      try comparison.run(
        threads: threads, folder: folder, isResuming: arguments[Self.resume]
      ) { progress in
        line.advance(
          to: progress.completedCells, "\(progress.model), split \(progress.split)")
      }
    }
    if result.cells.isEmpty, let failure = result.failure { throw failure }
    try result.write(to: folder, command: arguments.commandLine)
    if arguments[CommonOptions.json] {
      try console.printRecord(ComparisonSummary(result))
    } else {
      console.output.write(result.text(width: max(80, min(console.output.width, 110))))
    }
    console.note(durations(result))
    let names = ComparisonFindings.fileNames.joined(separator: ", ")
    let written = "Written to \(folder.relativePath): \(names)"
    if arguments[CommonOptions.json] {
      console.note(written)
    } else {
      console.print("\n" + written)
    }
    if let failure = result.failure { throw failure }
  }

  private func comparison(_ arguments: ParsedArguments) throws -> Comparison {
    let names = arguments[Self.models]?.names ?? Self.usualModels
    let candidates = try Candidate.fromZoo(
      names == ["all"] ? [] : names,
      strength: arguments.isGiven(FitCommand.strength)
        ? arguments[FitCommand.strength].strength : nil,
      settings: arguments[Self.settings].map { "\($0.key)=\($0.value)" },
      tuning: arguments[StudyArguments.tuning].map { "\($0.key)=\($0.value)" })
    let own = try DataArguments.optionalDataset(arguments)
    var comparison = Comparison(
      try own ?? bundled(arguments), candidates: candidates,
      dataName: own == nil ? "SUPPORT2" : nil)
    let shares = arguments[FitCommand.split]
    comparison.leavesOutUnsuitable = names == ["all"]
    comparison.splitCount = arguments[Self.splits]
    comparison.split = .ratio(shares.training, shares.validation, shares.test)
    comparison.seed = arguments[CommonOptions.seed]
    comparison.options.epochs = arguments[FitCommand.epochs]
    comparison.options.patience =
      arguments[Self.patience]
      ?? (own == nil ? Self.bundledPatience : comparison.options.patience)
    comparison.options.batchSize = arguments[FitCommand.batch]
    comparison.options.learningRate = arguments[FitCommand.rate]
    comparison.options.adaptiveWeights =
      arguments[Self.adaptive].flatMap(AdaptiveWeights.init(rawValue:))
      ?? (own == nil ? .never : .automatic)
    return comparison
  }

  /// SUPPORT2 with the predictors that the arguments leave.
  private func bundled(_ arguments: ParsedArguments) throws -> Dataset {
    let usual = BundledData.support2Features
    return try Dataset(
      BundledData.support2Table(), outcomes: BundledData.support2Outcomes,
      features: Features(
        arguments[DataArguments.features].map { .columns($0.names) } ?? usual.selection,
        excluding: usual.excluded + (arguments[DataArguments.excluded]?.names ?? []),
        standardization: DataArguments.scaling(arguments[DataArguments.standardization])))
  }

  private func folder(_ arguments: ParsedArguments) throws -> URL {
    if let path = arguments[Self.output] { return URL(fileURLWithPath: path) }
    if arguments[Self.resume] {
      throw UsageError.missing("--out DIR", summary: "The folder of the comparison to resume")
    }
    var (url, number) = (URL(fileURLWithPath: Self.defaultFolder), 1)
    while FileManager.default.fileExists(atPath: url.path) {
      number += 1
      url = URL(fileURLWithPath: "\(Self.defaultFolder)-\(number)")
    }
    return url
  }

  /// `"seconds a fit: deep-smoothed-rank 5.2, stl 6.1"`.
  private func durations(_ result: ComparisonFindings) -> String {
    let parts = result.plan.models.compactMap { model -> String? in
      let seconds = result.cells(of: model.name).map(\.seconds)
      guard !seconds.isEmpty else { return nil }
      return "\(model.name) \((10 * Statistics.mean(seconds)).rounded() / 10)"
    }
    return "seconds a fit: " + parts.joined(separator: ", ")
  }
}
