import Foundation
import RankineData
import RankineStudies
import RankineSupport
import RankineTraining

/// `rankine select`: features that halves of the data agree on.
struct SelectCommand: Command {
  /// The file that makes a folder a selection.
  static let table: String = "selected.csv"

  static let subsamples = Argument.option(
    "subsamples", "N", default: StabilityOptions().subsampleCount,
    check: .within(4...10_000), "Half samples, two complementary ones at a time")
  static let threshold = Argument.option(
    "threshold", "X", default: StabilityOptions().threshold,
    "The share of half samples from which on a feature is selected, above 0.5")
  static let expectedFalse = Argument.option(
    "expected-false", "X", default: StabilityOptions().expectedFalse,
    "False selections that may be expected: decides how many features a half sample selects")
  static let top = Argument<Int?>.optional(
    "top", "Q", showing: "what --expected-false allows", check: .atLeast(1),
    "How many features a half sample selects")
  static let permutations = Argument.option(
    "permutations", "N", default: StabilityOptions().permutationCount, check: .atLeast(0),
    "Fits to permuted outcomes, against which the size of weights is judged")
  static let rule = FitCommand.ruleArgument(.oneStandardError)
  static let output = Argument<String>.required("out", "DIR", "The folder to write")

  let name = "select"
  let summary = "select features that halves of the data agree on"
  let discussion =
    DataArguments.discussion + """


      A fit chooses the strength of the penalty; then the model is refitted to halves of the rows, \
      each of which selects the features with the largest weights, and to permuted outcomes. DIR has \
      selected.csv, with for each feature the share of halves that select it, the false selections \
      to be expected among features with such a share, and the p-value of its weights, report.html, \
      which shows them, and its tables.
      """
  let arguments: [any ArgumentDeclaration] =
    DataArguments.all + [
      ModelArguments.option, ModelArguments.settings, subsamples, threshold, expectedFalse, top,
      permutations, FitCommand.split, FitCommand.strength, Self.rule, FitCommand.pathStart,
      FitCommand.adaptive, FitCommand.epochs, FitCommand.patience, FitCommand.batch,
      FitCommand.rate, output, FitCommand.force,
    ]
  let examples = [
    Example(
      "rankine select genes.csv --task age:continuous --subsamples 50 --out stable",
      "at most one false selection is to be expected"),
    Example(
      "rankine select genes.csv --task ER:binary --expected-false 0.5 --threshold 0.9 --out stable",
      "fewer and surer ones"),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let folder = URL(fileURLWithPath: arguments[Self.output])
    let isReplacing = arguments[FitCommand.force]
    try checkDirectory(at: folder, marker: Self.table, isReplacing: isReplacing)
    let options = FitCommand.options(arguments)
    var model = try ModelArguments.model(
      named: arguments[ModelArguments.option], arguments[ModelArguments.settings])
    if arguments.isGiven(FitCommand.strength) {
      model.selection = arguments[FitCommand.strength].strength
    }
    let data = try DataArguments.dataset(arguments)
    let shares = arguments[FitCommand.split]
    let progress = FitProgress(console)
    let selection = try model.selectStably(
      data, split: .ratio(shares.training, shares.validation, shares.test),
      seed: arguments[CommonOptions.seed], options: options,
      stability: stability(arguments), threads: arguments[CommonOptions.threads],
      progress: { progress.show($0) })
    progress.finish()
    let page = SelectionReport(
      selection, modelName: arguments[ModelArguments.option], command: arguments.commandLine
    ).page
    try writeDirectory(at: folder, marker: Self.table, isReplacing: isReplacing) {
      try selection.table().write(to: $0.appendingPathComponent(Self.table))
      try writeAtomically(page.html(), to: $0.appendingPathComponent("report.html"))
      try page.writeTables(into: $0)
    }
    for warning in selection.fit.preprocessor.warnings { console.warn(warning) }
    let summary = SelectSummary(selection: selection, path: folder.relativePath)
    if arguments[CommonOptions.json] {
      try console.printRecord(summary)
    } else {
      console.output.write(summary.text(width: console.output.width))
    }
  }

  private func stability(_ arguments: ParsedArguments) -> StabilityOptions {
    var options = StabilityOptions()
    options.subsampleCount = arguments[Self.subsamples] + arguments[Self.subsamples] % 2
    options.threshold = arguments[Self.threshold]
    options.expectedFalse = arguments[Self.expectedFalse]
    options.selectedCount = arguments[Self.top]
    options.permutationCount = arguments[Self.permutations]
    return options
  }
}
