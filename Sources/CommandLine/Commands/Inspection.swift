import RankineCompiler
import RankineData
import RankineGraph
import RankineLanguage
import RankineStudies
import RankineTraining

/// A model that has met data, as text. Of several networks it shows the first.
struct Inspection {
  let model: Model
  /// All outcomes of the data.
  let tasks: [TaskDescription]
  let rowCount: Int
  let featureCount: Int
  private let lowered: LoweredModel

  /// - Throws: `ModelError` for a model that does not fit the data, `DataError`.
  init(_ model: Model, on data: Dataset) throws {
    self.model = model
    featureCount = try data.preprocessor(fittedOn: Array(0..<data.rowCount)).featureNames.count
    rowCount = data.rowCount
    tasks = TaskDescription.all(data.outcomes)
    let network = try model.firstNetwork(of: tasks)
    lowered = try LoweredModel(network.model, features: featureCount, tasks: network.tasks)
  }

  /// The declaration, the parameters and the size of a training step.
  func overview() throws -> String {
    let parameters = lowered.parameters + lowered.objective().extraParameters
    var table = ResultTable(
      columns: [
        .init("Parameter"), .init("Shape"), .init("Numbers", decimals: 0), .init("Penalty"),
      ])
    for parameter in parameters {
      let count = parameter.leaf.shape.dimensions.reduce(1) { $0 * ($1.count ?? 1) }
      table.append([
        .text(parameter.name), .text("\(parameter.leaf.shape)"), .number(Double(count)),
        .text(parameter.penalty?.summary ?? ""),
      ])
    }
    let step = try compiled().step
    let milliseconds = step.stages.reduce(0) { $0 + $1.milliseconds }
    return """
      \(model)

      \(table.plainText())
      \(featureCount) features, \(lowered.tasks.count) tasks; a training step is \
      \(step.tape.instructions.count) instructions, compiled in \(Int(milliseconds.rounded(.up))) ms
      """
  }

  /// The objective, one line an instruction.
  var graph: String { Printer(objective, of: lowered.graph).text }

  /// The objective as a drawing.
  var dot: String { Printer(objective, of: lowered.graph).dot }

  /// The objective as formulas.
  var latex: String { LatexPrinter(objective, of: lowered.graph).text }

  /// A training step as it runs.
  func tape() throws -> String { try compiled().step.tape.listing }

  /// What each stage of the compiler makes of a training step.
  func passes() throws -> String {
    try compiled(keepsText: true).step.stages.map { stage in
      let time = (stage.milliseconds * 100).rounded() / 100
      return "== \(stage.name): \(stage.instructionCount) instructions, \(time) ms\n"
        + (stage.text ?? "")
    }.joined(separator: "\n\n")
  }

  private var objective: [(name: String, value: Tensor)] {
    [("loss", lowered.objective().total)]
  }

  func compiled(keepsText: Bool = false) throws -> TrainingPrograms {
    try TrainingPrograms(
      lowered, featureCount: featureCount, options: TrainingOptions(), keepsText: keepsText)
  }
}
