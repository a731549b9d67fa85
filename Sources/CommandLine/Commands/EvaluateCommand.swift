import Foundation
import RankineData

/// `rankine evaluate`: how well a fitted model predicts other data.
struct EvaluateCommand: Command {
  let name = "evaluate"
  let summary = "measure a fitted model on data with outcomes"
  let discussion = """
    A task is measured on the rows that have its outcome; a task whose columns DATA lacks is left \
    out. With --json the result is {"tasks": {NAME: {"type": …, "n": …, METRIC: …}}}, where a \
    metric that does not exist is absent.
    """
  let arguments: [any ArgumentDeclaration] = [
    RunArgument.run, DataArguments.data, RunArgument.source,
  ]
  let examples = [Example("rankine evaluate run new.csv --json", "the metrics for other programs")]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let fit = try RunArgument.fit(at: arguments[RunArgument.run])
    let table = try RunArgument.table(
      at: arguments[DataArguments.data], for: fit, as: arguments[RunArgument.source])
    let metrics = try fit.evaluate(table)
    for outcome in fit.outcomes where metrics.tasks[outcome.name] == nil {
      console.warn("\(table.name) lacks columns of task \"\(outcome.name)\", which is left out")
    }
    if arguments[CommonOptions.json] {
      try console.printRecord(metrics)
    } else {
      console.output.write(
        MetricsText.table(
          metrics, tasks: fit.taskNames, width: console.output.width))
    }
  }
}
