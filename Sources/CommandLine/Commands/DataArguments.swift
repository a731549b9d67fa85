import Foundation
import RankineData

/// The arguments that say which columns of a table are tasks and predictors.
enum DataArguments {
  static let data = Argument<String>.operand("DATA", "A CSV or TSV file, plain or gzip")
  static let optionalData = Argument<String?>.optionalOperand(
    "DATA", "A CSV or TSV file; without it, small synthetic data of every outcome type")
  static let tasks = Argument<[String]>.repeated(
    "task", "SPEC", atLeast: 1, "An outcome: NAME:TYPE or NAME=TYPE(…)")
  static let optionalTasks = Argument<[String]>.repeated(
    "task", "SPEC", "An outcome of DATA: NAME:TYPE or NAME=TYPE(…)")
  static let features = Argument<NameList?>.optional(
    "features", "COLS", showing: "every column that is no outcome",
    "The predictors, separated by commas; * stands for any characters")
  static let excluded = Argument<NameList?>.optional(
    "exclude", "COLS", "Columns that are no predictors")
  static let identifier = Argument<String?>.optional("id", "COL", "The column that names the rows")
  static let standardization = Argument.option(
    "standardize", "KIND", default: "zscore", check: .oneOf(["zscore", "rank", "none"]),
    "How numeric predictors are scaled: zscore, rank (normal scores) or none")

  static let dropsConstant = Argument<Bool>.flag(
    "drop-constant", "Leave out predictors that hold one value in all rows, instead of refusing")

  /// Of commands that need data.
  static let all: [any ArgumentDeclaration] = [
    data, tasks, features, excluded, dropsConstant, identifier, standardization,
  ]
  /// Of commands that can do without.
  static let optional: [any ArgumentDeclaration] = [
    optionalData, optionalTasks, features, excluded, dropsConstant, identifier, standardization,
  ]

  /// How a task is written, for the help of commands that take one.
  static let discussion: String = """
    SPEC is NAME:TYPE or NAME=TYPE(…): ER:binary, ER:binary(Positive), age:continuous, \
    slos:count, Grade:ordinal(Well<Intermediate<Poorly), OS=censored(time,event). Text predictors \
    are one-hot encoded and missing numbers replaced by the training median.
    """

  /// Reads the table and its tasks.
  ///
  /// - Throws: `UsageError` for a specification that cannot be read, `DataError` for a file, column
  ///   or outcome that cannot be used.
  static func dataset(
    at path: String, tasks: [String], _ arguments: ParsedArguments
  ) throws -> Dataset {
    let outcomes = try tasks.map(outcome)
    let data = try Dataset(
      Table(contentsOf: URL(fileURLWithPath: path)), outcomes: outcomes,
      features: Features(
        arguments[features].map { .columns($0.names) } ?? .allOther,
        excluding: arguments[excluded]?.names ?? [], identifier: arguments[identifier],
        standardization: scaling(arguments[standardization])))
    if !arguments[dropsConstant] { try data.refuseConstantFeatures() }
    return data
  }

  /// The data that DATA and `--task` name; nil without either.
  ///
  /// - Throws: `UsageError` when one is given without the other, and as `dataset(at:tasks:_:)`.
  static func optionalDataset(_ arguments: ParsedArguments) throws -> Dataset? {
    let tasks = arguments[optionalTasks]
    guard let path = arguments[optionalData] else {
      guard tasks.isEmpty else {
        throw UsageError.missing("DATA", summary: "The file that holds the outcomes of --task")
      }
      return nil
    }
    guard !tasks.isEmpty else {
      throw UsageError.missing("--task SPEC", summary: "The outcomes of \(path), one each")
    }
    return try dataset(at: path, tasks: tasks, arguments)
  }

  /// - Throws: `UsageError` (`invalid-value`) with the remedy.
  private static func outcome(_ text: String) throws -> Outcome {
    do throws(DataError) {
      return try Outcome(specification: text)
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
