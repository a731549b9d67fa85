import Foundation
import RankineData

/// The arguments that say which columns of a table are tasks and predictors.
enum DataArguments {
  static let data = Argument<String>.operand("DATA", "A CSV or TSV file, plain or gzip")
  static let optionalData = Argument<String?>.optionalOperand(
    "DATA", "A CSV or TSV file; without it, small synthetic data of every outcome type")
  static let sharedData = Argument<String?>.optionalOperand(
    "DATA", "A CSV or TSV file, plain or gzip; none where each --task names its own")
  static let tasks = Argument<[String]>.repeated(
    "task", "SPEC", atLeast: 1, "An outcome: NAME:TYPE, NAME=TYPE(…), or of a file TASK=SPEC@FILE")
  static let optionalTasks = Argument<[String]>.repeated(
    "task", "SPEC", "An outcome of DATA: NAME:TYPE, NAME=TYPE(…), or of a file TASK=SPEC@FILE")
  static let source = Argument<String?>.optional(
    "source", "COL",
    "The column that says where a row comes from: a task for each source, with its rows alone")
  static let features = Argument<NameList?>.optional(
    "features", "COLS", showing: "every column that is no outcome",
    "The predictors, separated by commas; * stands for any characters")
  static let excluded = Argument<NameList?>.optional(
    "exclude", "COLS", "Columns that are no predictors")
  static let identifier = Argument<String?>.optional("id", "COL", "The column that names the rows")
  static let standardization = Argument.option(
    "standardize", "KIND", default: "zscore", check: .oneOf(["zscore", "rank", "none"]),
    "How numeric predictors are scaled: zscore, rank (normal scores) or none")

  static let scaling = Argument.option(
    "scale-within", "ROWS", default: "pooled", check: .oneOf(ScalingScope.allCases.map(\.rawValue)),
    "Rows on which scales of predictors are learned together: pooled, or each-source")
  static let absent = Argument.option(
    "absent", "WHAT", default: "refused", check: .oneOf(AbsentPredictors.allCases.map(\.rawValue)),
    "Predictors that some files lack: refused, or mean (0 there, scaled within each source)")

  static let dropsConstant = Argument<Bool>.flag(
    "drop-constant", "Leave out predictors that hold one value in all rows, instead of refusing")

  /// Of commands that need data.
  static let all: [any ArgumentDeclaration] = [
    sharedData, tasks, source, features, excluded, dropsConstant, identifier, standardization,
    scaling, absent,
  ]
  /// Of commands that can do without.
  static let optional: [any ArgumentDeclaration] = [
    optionalData, optionalTasks, source, features, excluded, dropsConstant, identifier,
    standardization, scaling, absent,
  ]

  /// How a task is written, for the help of commands that take one.
  static let discussion: String = """
    SPEC is NAME:TYPE or NAME=TYPE(…): ER:binary, ER:binary(Positive), age:continuous, \
    slos:count, Grade:ordinal(Well<Intermediate<Poorly), OS=censored(time,event). Text predictors \
    are one-hot encoded and missing numbers replaced by the training median.

    Tasks may have rows of their own: TASK=SPEC@FILE takes a task from a file of its own \
    (a=y:continuous@a.csv), and --source COL makes a task NAME.SOURCE of each source in that column.
    """

  /// Reads the data that DATA and `--task` name.
  ///
  /// - Throws: `UsageError` for a specification that cannot be read, or when a file is missing or given
  ///   twice; `DataError` for a file, column or outcome that cannot be used.
  static func dataset(_ arguments: ParsedArguments) throws -> Dataset {
    try dataset(at: arguments[sharedData], tasks: arguments[tasks], arguments)
  }

  /// The data that DATA and `--task` name; nil without either.
  ///
  /// - Throws: `UsageError` when one is given without the other, and as `dataset(_:)`.
  static func optionalDataset(_ arguments: ParsedArguments) throws -> Dataset? {
    let path = arguments[optionalData]
    let tasks = arguments[optionalTasks]
    if path == nil, tasks.isEmpty { return nil }
    guard !tasks.isEmpty else {
      throw UsageError.missing("--task SPEC", summary: "The outcomes of \(path ?? ""), one each")
    }
    return try dataset(at: path, tasks: tasks, arguments)
  }

  private static func dataset(
    at path: String?, tasks: [String], _ arguments: ParsedArguments
  ) throws -> Dataset {
    let features = Features(
      arguments[features].map { .columns($0.names) } ?? .allOther,
      excluding: arguments[excluded]?.names ?? [], identifier: arguments[identifier],
      standardization: scaling(arguments[standardization]),
      scaling: ScalingScope(rawValue: arguments[scaling]) ?? .pooled,
      absent: AbsentPredictors(rawValue: arguments[absent]) ?? .refused)
    let files = try tasks.compactMap { try parsed($0, TaskFile.init(specification:)) }
    let data: Dataset
    if let path {
      if let file = files.first {
        throw UsageError(
          .invalidValue, in: "--task \(file.task)", "it names a file, and so does DATA (\(path))",
          hint: "leave out DATA, or the file of the task")
      }
      let table = try Table(contentsOf: URL(fileURLWithPath: path))
      let outcomes = try tasks.map { try parsed($0, Outcome.init(specification:)) }
      data = try Dataset(
        table, outcomes: try splitting(outcomes, arguments[source], of: table), features: features)
    } else {
      guard files.count == tasks.count else {
        throw UsageError.missing("DATA", summary: "The file that holds the outcomes of --task")
      }
      data = try Dataset(taskFiles: files, features: features)
    }
    if !arguments[dropsConstant] { try data.refuseConstantFeatures() }
    return data
  }

  private static func splitting(
    _ outcomes: [Outcome], _ source: String?, of table: Table
  ) throws -> [Outcome] {
    guard let source else { return outcomes }
    return try outcomes.flatMap { try $0.split(bySourcesIn: source, of: table) }
  }

  /// - Throws: `UsageError` (`invalid-value`) with the remedy.
  static func parsed<Value>(
    _ text: String, _ parse: (String) throws(DataError) -> Value
  ) throws -> Value {
    do throws(DataError) {
      return try parse(text)
    } catch {
      throw UsageError(
        .invalidValue, in: "--task \(text)", error.message, hint: error.hint)
    }
  }

  /// The scaling that a word of `--standardize` names.
  static func scaling(_ word: String) -> Standardization {
    switch word {
    case "rank": .rankNormal
    case "none": .none
    default: .zScore
    }
  }
}
