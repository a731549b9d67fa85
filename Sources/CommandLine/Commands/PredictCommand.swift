import Foundation
import RankineData

/// `rankine predict`: what a fitted model says about the rows of a table.
struct PredictCommand: Command {
  static let output = Argument<String>.required(
    "out", "FILE", "The CSV file to write; - for the standard output")

  let name = "predict"
  let summary = "predict the rows of a table with a fitted model"
  let discussion = """
    DATA needs the predictors' columns alone. The result has a row for each of its rows: row \
    (from 1, or the column of --id), and per task NAME.score (larger means a larger outcome), \
    NAME.prediction (on the outcome's scale, a level for classes) and for classes \
    NAME.probability (of the positive class, or of the predicted level).
    """
  let arguments: [any ArgumentDeclaration] = [
    RunArgument.run, DataArguments.data, RunArgument.source, output, DataArguments.identifier,
  ]
  let examples = [
    Example("rankine predict run new.csv --out predictions.csv --id patient", "named rows")
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let fit = try RunArgument.fit(at: arguments[RunArgument.run])
    let table = try RunArgument.table(
      at: arguments[DataArguments.data], for: fit, as: arguments[RunArgument.source])
    let identifier = arguments[DataArguments.identifier]
    let names = try identifier.map { try table.column($0).texts().map { $0 ?? "" } }
    let predictions = try fit.predict(table).table(
      identifiers: names, heading: identifier ?? "row")
    let path = arguments[Self.output]
    if path == "-" {
      console.output.write(predictions.csv())
    } else {
      try predictions.write(to: URL(fileURLWithPath: path))
      console.note("wrote \(predictions.rowCount) rows to \(path)")
    }
  }
}
