import RankineSupport
import RankineZoo

/// `rankine zoo`: the models that come with the framework, and all about one of them.
struct ZooCommand: Command {
  static let model = Argument<String?>.optionalOperand("NAME", "The model to show")

  let name = "zoo"
  let summary = "list the models, or show one: formula, source, hyperparameters, declaration"
  let arguments: [any ArgumentDeclaration] = [model]
  let examples = [
    Example("rankine zoo", "a line for each model"),
    Example("rankine zoo deep-smoothed-rank", "the formula and all that --set can change"),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let isJSON = arguments[CommonOptions.json]
    if let name = arguments[Self.model] {
      let model = try Zoo.model(named: name)
      if isJSON {
        try console.printRecord(Listing(model, isComplete: true))
      } else {
        show(model, console)
      }
    } else if isJSON {
      try console.printRecord(Zoo.all.map { Listing($0, isComplete: false) })
    } else {
      let width = Zoo.names.map(\.count).max() ?? 0
      for model in Zoo.all {
        console.print("\(model.entry.name.padded(to: width))  \(model.entry.summary)")
      }
    }
  }

  private func show(_ model: any ZooModel.Type, _ console: Console) {
    let entry = model.entry
    console.print("\(entry.name): \(entry.summary)")
    console.print("\nFormula\n" + entry.formula.indented)
    console.print("\nSource\n" + entry.source.indented)
    let listing = model.hyperparameterListing
    let width = listing.map(\.name.count).max() ?? 0
    console.print("\nHyperparameters")
    for parameter in listing {
      console.print(
        "  \(parameter.name.padded(to: width))  \(parameter.summary): \(parameter.kind) "
          + "(default: \(parameter.value))")
    }
    console.print("\nDeclaration\n" + "\(model.init().model)".indented)
  }

  /// A model in JSON; the list leaves out what only one model's page shows.
  private struct Listing: Encodable {
    let name: String
    let summary: String
    let source: String
    let formula: String?
    let hyperparameters: [ZooHyperparameter]?
    let declaration: String?

    init(_ model: any ZooModel.Type, isComplete: Bool) {
      let entry = model.entry
      (name, summary, source) = (entry.name, entry.summary, entry.source)
      formula = isComplete ? entry.formula : nil
      hyperparameters = isComplete ? model.hyperparameterListing : nil
      declaration = isComplete ? "\(model.init().model)" : nil
    }
  }
}
