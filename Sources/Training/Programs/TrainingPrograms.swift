import RankineCompiler
import RankineGraph
import RankineLanguage

/// The programs of a fit, compiled once and bound as often as needed.
///
/// - `step`: one mini-batch: gather, forward, loss, backward, balancing, optimizer, proximal map.
/// - `score`: scores of all training rows, kept as the partners of pairs, and their spread.
/// - `average`: the running mean of the weights after an epoch.
/// - `held`: scores of other rows from the averaged weights.
/// - `scale`: the norms of the columns of the gradient, whose largest is λ_max.
package struct TrainingPrograms: Sendable {
  package static let averageSuffix = ".average"
  /// Rows that are scored without being trained on: the features' leaf and its first dimension.
  package static let heldFeatures = "x.held"
  package static let heldDimension = "held"

  package let step: CompiledProgram
  /// The phases of a round where the model is trained by turns, else empty; `step` is that of the first
  /// one that has mini-batches.
  package let phases: [PhaseProgram]
  package let score: CompiledProgram
  package let average: CompiledProgram
  package let held: CompiledProgram
  /// Nil where no strength is to be found.
  package let scale: CompiledProgram?
  package let parameters: [TrainedParameter]
  /// What a step keeps, apart from parameters.
  package let state: [StateLeaf]
  package let tasks: [TaskDescription]
  package let featureCount: Int
  /// How many sets of rows a batch has, each read by its tasks alone; 1 where every task is computed on
  /// all rows.
  package let rowSetCount: Int
  /// Whether the loss compares rows with stored scores.
  package let readsStoredScores: Bool
  /// Whether the loss is a sum over pairs, so that its scale does not depend on the outcomes'.
  package let isPairwise: Bool
  /// The strengths that the declaration asks for; nil where no penalty is on a path.
  package let pathCount: Int?
  /// The largest strength that the declaration gives; 0 where it gives none.
  package let fixedStrength: Double
  /// The formula of the scores, from which a stored model is made.
  package let scorer: StoredGraph
  /// The weights by which features can be left out of training; empty where they cannot.
  let screenedNames: [String]
  let declaration: Model
  let options: TrainingOptions

  /// - Parameter keepsText: whether the step's compiler stages are kept as text, for `inspect`.
  /// - Throws: `GraphError` when a loss, penalty or layer does not fit together.
  package init(
    _ model: LoweredModel, featureCount: Int, options: TrainingOptions, keepsText: Bool = false
  ) throws {
    try self.init(
      model, featureCount: featureCount, options: options, keepsText: keepsText, isNarrow: false)
  }

  /// - Parameter isNarrow: whether these are for some features alone, and need no scale of a path.
  init(
    _ model: LoweredModel, featureCount: Int, options: TrainingOptions, keepsText: Bool,
    isNarrow: Bool
  ) throws {
    let graph = model.graph
    let objective = model.objective()
    (tasks, rowSetCount) = (model.tasks, model.rowSetCount)
    self.featureCount = featureCount
    parameters =
      model.parameters.map { TrainedParameter($0, isOfNetwork: true) }
      + objective.extraParameters.map { TrainedParameter($0, isOfNetwork: false) }
    pathCount = model.parameters.compactMap { parameter in
      if case .path(let count) = parameter.penalty?.strength { count } else { nil }
    }.max()
    let given = model.parameters.compactMap { parameter in
      if case .fixed(let value) = parameter.penalty?.strength { value } else { nil }
    }
    fixedStrength = given.max() ?? 0
    (declaration, self.options) = (model.model, options)
    let mayScreen = options.penaltyStep != .subgradient && model.model.rounds == nil
    let screened = mayScreen ? ScreenedWeights(model, objective) : nil
    screenedNames = screened?.parameters.map(\.name) ?? []
    let read = graph.leafNames(of: [objective.total])
    readsStoredScores = read.contains(LeafName.stored)
    isPairwise = read.contains(LeafName.high)

    let rounds = try model.model.rounds.map {
      try PhaseProgram.all(
        $0, of: model, featureCount: featureCount, options: options, keepsText: keepsText)
    }
    phases = rounds?.phases ?? []
    let firstStep = phases.lazy.compactMap { phase in
      if case .stochastic(_, let program) = phase { program } else { nil }
    }.first
    if let firstStep {
      (step, state) = (firstStep, rounds?.state ?? [])
    } else {
      let builder = StepProgram(
        model: model, objective: objective, featureCount: featureCount, options: options
      ).build()
      state = builder.state
      step = try compile(builder.program, keepsText: keepsText)
    }

    let x = graph.input(LeafName.features, [.sample, .fixed(featureCount)])
    let scores: Tensor = model.scores(of: x)
    score = try compile(Self.scoring(scores, of: model.tasks))

    let factor = graph.input(StepLeaf.averaging, .scalar)
    average = try compile(
      Program(
        "average", graph: graph,
        updates: model.parameters.map { parameter in
          let mean = graph.input(parameter.name + Self.averageSuffix, parameter.leaf.shape)
          return (mean, factor * mean + (1 - factor) * parameter.leaf)
        }))

    let rows = graph.input(
      Self.heldFeatures, [.named(Self.heldDimension), .fixed(featureCount)])
    let heldScores = model.scores(of: rows, parameterSuffix: Self.averageSuffix)
    held = try compile(Program("held", graph: graph, outputs: [("scores", heldScores)]))
    scorer = try StoredGraph(heldScores)

    scale =
      pathCount == nil || isNarrow ? nil : try compile(Self.scale(of: model, featureCount))
  }

  /// The rows of a sample that batches draw from, a list for each part of a batch.
  func blocks(of sample: TrainingSample) -> [[Int]] { sample.blocks(isApart: rowSetCount > 1) }

  /// The strength that removes each penalized weight, by the gradient over the whole sample.
  private static func scale(of model: LoweredModel, _ featureCount: Int) throws -> Program {
    let model = try model.relowered(features: featureCount, layout: .given)
    let weights = model.parameters.filter { TrainedParameter($0, isOfNetwork: true).isOnPath }
    let gradients = model.objective().total.gradients(of: weights.map(\.leaf))
    let largest = zip(weights, gradients).compactMap { weight, gradient in
      weight.penalty?.removingStrength(for: gradient)
    }
    return Program("scale", graph: model.graph, outputs: [("largest", stack(largest))])
  }

  /// Scores [tasks, sample] and the reciprocal of their standard deviation [tasks]; 1 for a task whose
  /// scores are all equal. Where tasks have rows of their own, these count.
  private static func scoring(_ scores: Tensor, of tasks: [TaskDescription]) -> Program {
    let graph = scores.graph
    let count: Dimension = .fixed(tasks.count)
    let own =
      tasks.contains(where: \.hasOwnRows) ? graph.input(LeafName.own, [count, .sample]) : nil
    func mean(_ values: Tensor) -> Tensor {
      guard let own else { return values.mean(over: [1]) }
      return (values * own).sum(over: [1]) / maximum(own.sum(over: [1]), 1)
    }
    let center: Tensor = mean(scores).reshaped(to: [count, 1])
    let deviation: Tensor = sqrt(mean(square(scores - center)))
    let isVaried: Tensor = greater(deviation, graph.constant(1e-6))
    let ones: Tensor = deviation.zeros + 1
    let reciprocal: Tensor = 1 / select(isVaried, deviation, ones)
    return Program(
      "score", graph: graph,
      updates: [
        (graph.input(LeafName.stored, [count, .sample]), scores),
        (graph.input(LeafName.spread, [count]), reciprocal),
      ])
  }
}

extension Graph {
  /// The names of the leaves that some values are computed from.
  func leafNames(of values: [Tensor]) -> Set<String> {
    let isUsed = ancestors(of: values)
    return Set(nodes.indices.filter { isUsed[$0] }.map { nodes[$0].attribute.leafName })
  }
}
