import RankineGraph

/// What one mini-batch minimizes, as graph, penalties apart.
///
/// It reads the leaves `x` [sample, features] and `rows` (index [batch]), and of these the ones that
/// its losses need: `high`, `low`, `target`, `observed`, `stored` [tasks, sample], `spread`, `pairs`
/// [tasks], `step`, `epoch`.
package struct LoweredObjective {
  /// A value that the balancing rule keeps from step to step.
  package typealias StateUpdate = (leaf: Tensor, value: Tensor, initial: Double)

  /// The scalar to differentiate.
  package let total: Tensor
  /// Each task's own loss [tasks], before balancing.
  package let perTask: Tensor
  /// The weight that each task's loss has in the total [tasks], for the record of a fit.
  package let weights: Tensor
  package let stateUpdates: [StateUpdate]
  let laterStates: [BalancingScope.LaterState]
  package let extraParameters: [LoweredParameter]

  /// All that the balancing rule keeps from step to step, with its first values.
  package var states: [(leaf: Tensor, initial: Double)] {
    stateUpdates.map { ($0.leaf, $0.initial) } + laterStates.map { ($0.leaf, $0.initial) }
  }

  /// What the rule renews after the parameters have moved.
  ///
  /// - Parameter moves: the parameters, each with its value after the step.
  package func stateUpdates(after moves: [(leaf: Tensor, value: Tensor)]) -> [StateUpdate] {
    guard !laterStates.isEmpty else { return [] }
    let losses = perTask.graph.substituted([perTask], moves.map { ($0.leaf, $0.value) })[0]
    return laterStates.map { ($0.leaf, $0.next(losses.detached).detached, $0.initial) }
  }
}
