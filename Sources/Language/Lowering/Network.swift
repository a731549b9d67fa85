import RankineGraph

/// The layers of a model as formulas in one graph.
struct Network {
  let model: Model
  let taskCount: Int
  /// Whether random layers act.
  var isTraining: Bool = false
  /// Added to the names of the parameters' leaves: `.average` reads another set of them.
  var suffix: String = ""
  /// 1 in each task's rows, else 0 [tasks, rows]; nil where all tasks share the rows.
  var ownRows: Tensor?
  /// How tasks read rows of their own alone; nil where each is computed on all rows.
  var rowSets: RowSets?

  /// What the formulas of one pass are made of.
  struct Pass {
    /// Where the tasks part; nil unless asked for, or where tasks share weights above the shared part.
    var fork: NetworkFork?
    /// [tasks, rows].
    var scores: Tensor
    var parameters: [LoweredParameter]
    /// The first weight that the network declares.
    var firstWeight: Tensor?
    /// All parameters that serve several tasks, in the order of their declaration.
    var sharedParameters: [Tensor]
    /// Terms of the objective that layers add, scalars.
    var terms: [Tensor]
    /// What rescaling makes of parameters.
    var renewals: [(leaf: Tensor, value: Tensor)]
  }

  /// Builds the scores of some rows.
  ///
  /// - Parameters:
  ///   - x: [rows, features].
  ///   - sharedGradients: unless ignored, each task of a network that forks reads a copy of its own of
  ///     the shared representation, so that one backward pass separates the tasks; where they are
  ///     replaced, no derivative passes from the copies to the shared layers.
  /// - Throws: `ModelError` when a layer's formula does not fit together, or the last layer is not one
  ///   unit wide.
  func apply(
    to x: Tensor, sharedGradients: SharedGradients = .ignored
  ) throws(ModelError) -> Pass {
    // Which layers read the features is known when they have been built once.
    let trial = Graph()
    let mask = rowSets == nil ? ownRows.map { trial.input(LeafName.own, $0.shape) } : nil
    let first = try run(
      on: trial.input(LeafName.features, x.shape), ownRows: mask, inputWeight: nil,
      sharedGradients: .ignored)
    let inputWeight: InputWeight?
    do throws(Misuse) {
      inputWeight = try InputWeight(first.readers, taskCount: taskCount)
    } catch {
      throw ModelError(error, at: "\(model.site), network")
    }
    return try run(
      on: x, ownRows: ownRows, rowSets: rowSets, inputWeight: inputWeight,
      sharedGradients: sharedGradients
    ).pass
  }

  private func run(
    on x: Tensor, ownRows: Tensor?, rowSets: RowSets? = nil, inputWeight: InputWeight?,
    sharedGradients: SharedGradients
  ) throws(ModelError) -> (pass: Pass, readers: [InputReader]) {
    let graph = x.graph
    let pass = NetworkPass(
      graph: graph, features: x, isTraining: isTraining, ownRows: ownRows, rowSets: rowSets,
      suffix: suffix, inputWeight: inputWeight)
    defer { graph.scope = "" }
    var sharedOutputs: [Tensor] = []
    var value = x
    for (index, layer) in model.sharedLayers.enumerated() {
      value = try apply(layer, at: layerPlace(of: layer, in: "shared", index), on: value, in: pass)
      {
        LayerScope(pass, path: "shared.\(index)", taskCount: nil)
      }
      sharedOutputs.append(value)
    }
    // Tasks that look at several shared layers read them side by side, as one trunk.
    let readsAll = model.taskLayers.contains { $0.readsSharedLayers } && sharedOutputs.count > 1
    let trunk = readsAll ? concatenate(sharedOutputs, along: 1) : value
    var sharedCount = pass.parameters.count
    let forks = sharedGradients != .ignored && !model.taskLayers.contains { $0.sharesWeights }
    let fork = forks ? fork(at: trunk, isCut: sharedGradients == .replaced) : nil
    let read = fork?.copies ?? rowSets?.read(trunk) ?? trunk
    sharedOutputs = readsAll ? read.split(like: sharedOutputs) : sharedOutputs.isEmpty ? [] : [read]
    value = sharedOutputs.last ?? read
    for (index, layer) in model.taskLayers.enumerated() {
      value = try apply(layer, at: layerPlace(of: layer, in: "task", index), on: value, in: pass) {
        LayerScope(
          pass, path: "task.\(index)", taskCount: model.hasPooledTasks ? nil : taskCount,
          sharedOutputs: sharedOutputs)
      }
      if layer.sharesWeights { sharedCount = pass.parameters.count }
    }
    return (
      Pass(
        fork: fork, scores: try scores(value, rows: rowSets == nil ? x.shape[0] : .batch),
        parameters: pass.parameters, firstWeight: pass.firstWeight,
        sharedParameters: pass.parameters[..<sharedCount].map(\.leaf), terms: pass.terms,
        renewals: pass.renewals),
      pass.readers
    )
  }

  private func fork(at trunk: Tensor, isCut: Bool) -> NetworkFork {
    let shape = Shape([.fixed(taskCount)] + trunk.shape.dimensions)
    return NetworkFork(
      trunk: trunk, copies: (isCut ? trunk.detached : trunk).broadcast(to: shape))
  }

  private func apply(
    _ layer: any Layer, at place: String, on input: Tensor, in pass: NetworkPass,
    scope: () -> LayerScope
  ) throws(ModelError) -> Tensor {
    input.graph.scope = place
    let known = pass.parameters.count
    let output = layer.apply(to: input, in: scope())
    try check(input.graph)
    try checkSizes(pass.parameters[known...], at: place)
    return output
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
    let graph = output.graph
    graph.scope = layerPlace(of: last, in: "task", layers.count - 1)
    let scores = output.broadcast(to: [.fixed(taskCount), rows, 1])
      .reshaped(to: [.fixed(taskCount), rows])
    try check(graph)
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

  private func check(_ graph: Graph) throws(ModelError) {
    do throws(GraphError) { try graph.check() } catch { throw ModelError(error) }
  }
}

extension Tensor {
  /// Undoes a concatenation along the last axis.
  fileprivate func split(like parts: [Tensor]) -> [Tensor] {
    var start = 0
    return parts.map { part in
      let width = part.shape[part.shape.rank - 1].count ?? 1
      defer { start += width }
      return sliced(shape.rank - 1, from: start, count: width)
    }
  }
}
