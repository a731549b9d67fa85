import RankineData
import RankineGraph

/// A model that has met its data's shape: its parameters, its scores and its objective as one graph.
package struct LoweredModel {
  package let graph: Graph
  package let tasks: [TaskDescription]
  /// The network's, in the order of declaration.
  package let parameters: [LoweredParameter]
  /// The declaration that it comes from.
  package let model: Model
  private let lowered: LoweredObjective
  /// What rescaling makes of parameters, in a model of the whole sample.
  package let renewals: [(leaf: Tensor, value: Tensor)]
  /// How many sets of rows a batch has, one behind the other, as many rows of each; the dimension `batch`
  /// is the number of rows in one. It is 1 where every task is computed on all rows of the batch.
  package let rowSetCount: Int

  /// - Parameters:
  ///   - features: the number of columns of `x`.
  ///   - tasks: the outcomes, one each for the first axis of scores and losses.
  ///   - layout: which rows the objective is about.
  /// - Throws: `ModelError` naming the line, the layer or loss and the task.
  package init(
    _ model: Model, features: Int, tasks: [TaskDescription], layout: RowLayout = .gathered
  ) throws(ModelError) {
    try ModelCheck(model: model, tasks: tasks).run()
    guard features >= 1, let objective = model.objective else {
      throw ModelError(
        "no-features", at: "\(model.site), model", "there are \(features) features",
        hint: "name at least one column to predict from")
    }
    graph = Graph()
    self.model = model
    self.tasks = tasks
    let rowSets = RowSets(model, tasks: tasks, layout: layout)
    rowSetCount = rowSets?.count ?? 1
    let readsAllRows = layout == .whole || layout == .padded && rowSets == nil
    let rows =
      readsAllRows
      ? nil : graph.indices(rowSets?.leafName ?? LeafName.rows, [rowSets?.rows ?? .batch])
    let count: Dimension = .fixed(features)
    let x =
      layout == .given
      ? graph.input(LeafName.features, [.batch, count])
      : graph.input(LeafName.features, [.sample, count])
    (lowered, parameters, renewals) = try Self.lower(
      objective, of: model, tasks: tasks,
      x: layout == .given ? x : rows.map { x.gathered(by: $0) } ?? x, rows: rows, rowSets: rowSets)
  }

  /// The same model over another number of features, or with rows laid out otherwise.
  package func relowered(
    features: Int, layout: RowLayout = .gathered
  ) throws(ModelError) -> LoweredModel {
    try LoweredModel(model, features: features, tasks: tasks, layout: layout)
  }

  /// The scores of some rows.
  ///
  /// - Parameters:
  ///   - x: [rows, features], any number of rows.
  ///   - parameterSuffix: read the parameters from leaves of this ending: `.average`.
  /// - Returns: [tasks, rows].
  package func scores(of x: Tensor, parameterSuffix: String = "") -> Tensor {
    let network = Network(model: model, taskCount: tasks.count, suffix: parameterSuffix)
    do throws(ModelError) {
      return try network.apply(to: x).scores
    } catch {
      // The declaration was checked at lowering, so this is about the x that was given.
      graph.report(
        GraphError(error.code, at: error.place, error.message, hint: error.hint))
      return graph.constant(.nan).broadcast(to: [.fixed(tasks.count), x.shape[0]])
    }
  }

  /// The loss of a mini-batch, penalties apart.
  package func objective() -> LoweredObjective { lowered }

  private static func lower(
    _ objective: Objective, of model: Model, tasks: [TaskDescription], x: Tensor, rows: Tensor?,
    rowSets: RowSets?
  ) throws(ModelError) -> (
    LoweredObjective, [LoweredParameter], renewals: [(leaf: Tensor, value: Tensor)]
  ) {
    let graph = x.graph
    var network = Network(model: model, taskCount: tasks.count, isTraining: true)
    network.rowSets = rowSets
    if rowSets?.isPadded ?? true, tasks.contains(where: \.hasOwnRows) {
      let own = graph.input(LeafName.own, [.fixed(tasks.count), .sample])
      let ofRows = rows.map { own.gathered(by: $0, along: 1) } ?? own
      network.ownRows = rowSets?.own(ofRows) ?? ofRows
    }
    let balancing = objective.balancing
    let pass = try network.apply(to: x, sharedGradients: balancing.sharedGradients)
    let lossScope = LossScope()
    let losses = try perTaskLosses(
      objective, tasks: tasks, scores: pass.scores, rows: rows, rowSets: rowSets, scope: lossScope)

    let place = "\(objective.site), objective"
    graph.scope = place
    defer { graph.scope = "" }
    var shared: SharedPart?
    if balancing.sharedGradients != .ignored {
      guard let weight = pass.firstWeight, pass.sharedParameters.contains(weight) else {
        throw ModelError(
          "nothing-shared", at: place,
          "\(balancing.summary) compares gradients of shared weights, and none are shared",
          hint: "give Shared a layer that has weights, or use Uniform()")
      }
      shared = SharedPart(weight: weight, parameters: pass.sharedParameters, fork: pass.fork)
    }
    let scope = BalancingScope(tasks: tasks, losses: losses, shared: shared)
    let total = pass.terms.reduce(balancing.total(of: losses, in: scope), +)
    do throws(GraphError) { try graph.check() } catch { throw ModelError(error) }
    guard total.shape == .scalar else {
      throw ModelError(
        "not-a-scalar", at: place, "\(balancing.summary) returns \(total.shape), not one number",
        hint: "sum over the tasks")
    }
    let ones = graph.constant(1).broadcast(to: [.fixed(tasks.count)])
    return (
      LoweredObjective(
        total: total, perTask: losses, weights: scope.weights ?? ones,
        stateUpdates: scope.updates, laterStates: scope.laterStates,
        extraParameters: lossScope.parameters + scope.parameters),
      pass.parameters, pass.renewals
    )
  }

  /// Each task's sum of the losses that fit it [tasks].
  private static func perTaskLosses(
    _ objective: Objective, tasks: [TaskDescription], scores: Tensor, rows: Tensor?,
    rowSets: RowSets?, scope: LossScope
  ) throws(ModelError) -> Tensor {
    let graph = scores.graph
    var sum: Tensor?
    for (index, loss) in objective.losses.enumerated() {
      let positions = tasks.indices.filter { loss.scales.contains(tasks[$0].scale) }
      guard !positions.isEmpty else { continue }
      let place = "\(loss.site), objective loss[\(index)]"
      graph.scope = place
      let values = loss.values(
        on: TaskBatch(
          allTasks: tasks, positions: positions, scores: scores, rows: rows,
          rowSets: rowSets, scope: scope, path: "objective.\(index)"))
      do throws(GraphError) { try graph.check() } catch { throw ModelError(error) }
      guard values.shape == [.fixed(positions.count)] else {
        throw ModelError(
          "not-a-loss-per-task", at: place,
          "\(loss.name) gives \(values.shape) for \(positions.count) tasks",
          hint: "a loss is one number a task: average over the rows")
      }
      let placed = values.placed(at: positions, of: tasks.count)
      sum = sum.map { $0 + placed } ?? placed
    }
    return sum ?? graph.constant(0).broadcast(to: [.fixed(tasks.count)])
  }
}

/// Which rows the objective of a lowered model is about.
package enum RowLayout: Sendable {
  /// A batch whose features are gathered from those of the sample.
  case gathered
  /// A batch whose features are given as they are, with the numbers of its rows: one batch of the whole
  /// sample in its order.
  case given
  /// All rows of the sample; there is no batch.
  case whole
  /// All rows of the sample, those of each set behind those of another and filled up to the longest with
  /// rows of others, so that tasks are computed on rows of their own; as `whole` where they are not.
  case padded
}
