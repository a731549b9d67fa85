import RankineData
import RankineZoo

/// `rankine check`: whether a model's gradients are those of its objective.
struct CheckCommand: Command {
  let name = "check"
  let summary = "check a model's gradients against finite differences in Double"
  let discussion =
    """
    A line for each parameter: the derivative of the objective, penalties included, along a \
    random direction, the same by central differences, and their relative error. Without DATA \
    the model meets small synthetic data with an outcome of every type; of DATA at most 32 rows \
    take part. The exit code is 1 when a gradient is wrong.


    """ + DataArguments.discussion
  let arguments: [any ArgumentDeclaration] =
    [ModelArguments.name] + DataArguments.optional + [ModelArguments.settings]
  let examples = [
    Example("rankine check deep-smoothed-rank", "on synthetic data"),
    Example("rankine check uniform data.csv --task y1:continuous", "on data of one's own"),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let name = arguments[ModelArguments.name]
    let model = try ModelArguments.model(named: name, arguments[ModelArguments.settings])
    let data =
      try DataArguments.optionalDataset(arguments) ?? SyntheticData.ofEveryOutcomeType()
    let lines = try GradientTrial(model.model, on: data, seed: arguments[CommonOptions.seed])
      .run().map { Line(task: $0.network, certificate: $0.certificate) }
    let failures = lines.filter { !$0.passes }
    if arguments[CommonOptions.json] {
      try console.printRecord(lines)
    } else {
      let width = lines.map(\.label.count).max() ?? 0
      for line in lines { console.print(line.text(width: width)) }
      console.print("\(lines.count - failures.count) of \(lines.count) gradients agree")
    }
    guard let first = failures.first else { return }
    throw CheckError(
      code: "wrong-gradient", place: "\(name), \(first.label)",
      message: "\(failures.count) of \(lines.count) gradients differ from finite differences",
      hint: "look at the pullbacks of the operations that this parameter reaches the loss through")
  }
}
