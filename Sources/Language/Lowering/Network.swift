import RankineGraph

/// The layers of a model as formulas in one graph.
struct Network {
  let model: Model
  let graph: Graph
  let taskCount: Int
  /// Whether random layers act.
  var isTraining: Bool = false
  /// Added to the names of the parameters' leaves: `.average` reads another set of them.
  var suffix: String = ""

  /// What the formulas of one pass are made of.
  struct Pass {
    /// The output of the shared part, before the tasks read it.
    var trunk: Tensor
    /// One copy of the trunk per task, where asked for.
    var copies: Tensor?
    /// [tasks, rows].
    var scores: Tensor
    var parameters: [LoweredParameter]
    /// The first weight that the network declares in its shared part.
    var firstSharedWeight: Tensor?
    /// All parameters of its shared part.
    var sharedParameters: [Tensor]
  }

  /// Builds the scores of some rows.
  ///
  /// - Parameters:
  ///   - x: [rows, features].
  ///   - sharedGradients: unless ignored, each task reads a copy of its own of the shared
  ///     representation, so that one backward pass separates the tasks; where they are replaced, no
  ///     derivative passes from the copies to the shared layers.
  /// - Throws: `ModelError` when a layer's formula does not fit together, or the last layer is not one
  ///   unit wide.
  func apply(
    to x: Tensor, sharedGradients: SharedGradients = .ignored
  ) throws(ModelError) -> Pass {
    var parameters: [LoweredParameter] = [], weightCount = 0, firstSharedWeight: Tensor?
    func run(
      _ layers: [any Layer], in section: String, on input: Tensor, stacked: Bool
    ) throws(ModelError) -> Tensor {
      var value = input
      for (index, layer) in layers.enumerated() {
        let place = layerPlace(of: layer, in: section, index)
        graph.scope = place
        let scope = LayerScope(
          graph: graph, path: "\(section).\(index)", suffix: suffix,
          taskCount: stacked ? taskCount : nil, isTraining: isTraining,
          stream: (stacked ? model.sharedLayers.count : 0) + index
        ) { parameter, isWeight in
          var parameter = parameter
          parameter.decays = isWeight && weightCount > 0
          if isWeight {
            weightCount += 1
            if !stacked, firstSharedWeight == nil { firstSharedWeight = parameter.leaf }
          }
          parameters.append(parameter)
        }
        let known = parameters.count
        value = layer.apply(to: value, in: scope)
        try check()
        try checkSizes(parameters[known...], at: place)
      }
      return value
    }
    defer { graph.scope = "" }
    let trunk = try run(model.sharedLayers, in: "shared", on: x, stacked: false)
    let sharedParameters = parameters.map(\.leaf)
    let source = sharedGradients == .replaced ? trunk.detached : trunk
    let copies =
      sharedGradients == .ignored
      ? nil : source.broadcast(to: Shape([.fixed(taskCount)] + trunk.shape.dimensions))
    let output = try run(model.taskLayers, in: "task", on: copies ?? trunk, stacked: true)
    return Pass(
      trunk: trunk, copies: copies, scores: try scores(output, rows: x.shape[0]),
      parameters: parameters, firstSharedWeight: firstSharedWeight,
      sharedParameters: sharedParameters)
  }

  /// Drops the last axis, which has one unit.
  private func scores(_ output: Tensor, rows: Dimension) throws(ModelError) -> Tensor {
    let layers = model.taskLayers
    let width: Dimension = output.shape[output.shape.rank - 1]
    guard let last = layers.last, width == 1 else {
      let place =
        layers.last.map { layerPlace(of: $0, in: "task", layers.count - 1) } ?? "\(model.site)"
      throw ModelError(
        "not-one-score", at: place,
        "the last layer of EachTask gives \(width) numbers a row, and a score is one",
        hint: "end EachTask with Dense(1)")
    }
    graph.scope = layerPlace(of: last, in: "task", layers.count - 1)
    let scores = output.broadcast(to: [.fixed(taskCount), rows, 1])
      .reshaped(to: [.fixed(taskCount), rows])
    try check()
    return scores
  }

  /// The most numbers that a parameter may hold; a stored run could not be read with more.
  private static let largestSize = 1 << 28

  private func checkSizes(
    _ parameters: ArraySlice<LoweredParameter>, at place: String
  ) throws(ModelError) {
    for parameter in parameters {
      var size = 1
      for count in parameter.leaf.shape.dimensions.compactMap(\.count) {
        let (product, hasOverflown) = size.multipliedReportingOverflow(by: count)
        guard !hasOverflown, product <= Self.largestSize else {
          throw ModelError(
            "too-large", at: place,
            "\(parameter.name) is \(parameter.leaf.shape), more than \(Self.largestSize) numbers",
            hint: "give the layer fewer units")
        }
        size = product
      }
    }
  }

  private func check() throws(ModelError) {
    do throws(GraphError) { try graph.check() } catch { throw ModelError(error) }
  }
}
