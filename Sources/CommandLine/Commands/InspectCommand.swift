import RankineData
import RankineZoo

/// `rankine inspect`: what a model becomes on its way to the machine.
struct InspectCommand: Command {
  static let graph = Argument<String?>.optional(
    "graph", "FORM", check: .oneOf(["text", "dot", "latex"]),
    "Print the objective as instructions, as a drawing for Graphviz, or as formulas")
  static let tape = Argument<Bool>.flag(
    "tape", "Print the instructions of one training step, as they run")
  static let memory = Argument<Bool>.flag(
    "memory", "List what a fit keeps in memory, and the largest results of a training step")
  static let passes = Argument<Bool>.flag(
    "passes", "Print what each stage of the compiler makes of a training step, and its time")

  let name = "inspect"
  let summary = "show a model's parameters, graph, compiler stages and tape"
  let discussion =
    """
    Without options: the declaration, the parameters with their shapes, and the size of a training \
    step. Without DATA the model meets small synthetic data with an outcome of every type.


    """ + DataArguments.discussion
  let arguments: [any ArgumentDeclaration] =
    [ModelArguments.name] + DataArguments.optional
    + [ModelArguments.settings, graph, tape, passes, memory]
  let examples = [
    Example("rankine inspect deep-smoothed-rank", "its parameters"),
    Example(
      "rankine inspect deep-smoothed-rank data.csv --task y:binary --memory",
      "what a fit to these data will take"),
    Example("rankine inspect uniform --graph dot | dot -Tsvg > uniform.svg", "a drawing"),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let model = try ModelArguments.model(
      named: arguments[ModelArguments.name], arguments[ModelArguments.settings])
    let data =
      try DataArguments.optionalDataset(arguments) ?? SyntheticData.ofEveryOutcomeType()
    let inspection = try Inspection(model.model, on: data)
    var sections: [String] = []
    switch arguments[Self.graph] {
    case "dot": sections.append(inspection.dot)
    case "latex": sections.append(inspection.latex)
    case "text": sections.append(inspection.graph)
    default: break
    }
    if arguments[Self.passes] { sections.append(try inspection.passes()) }
    if arguments[Self.tape] { sections.append(try inspection.tape()) }
    if arguments[Self.memory] {
      sections.append(try inspection.memory(threads: arguments[CommonOptions.threads]))
    }
    if sections.isEmpty { sections.append(try inspection.overview()) }
    console.print(sections.joined(separator: "\n\n"))
  }
}
