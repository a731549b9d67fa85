import RankineGraph

/// A value that a training step keeps for the next one.
package struct StateLeaf: Sendable {
  package let name: String
  package let extents: [Int]
  package let initial: Double
}

/// Collects what one training step writes: new parameters, and the state that its rules keep.
struct StepBuilder {
  let graph: Graph
  private(set) var updates: [(leaf: Tensor, value: Tensor)] = []
  private(set) var state: [StateLeaf] = []

  init(graph: Graph) {
    self.graph = graph
  }

  /// The step size of the optimizer, before any rule of its own.
  var rate: Tensor { graph.input(StepLeaf.rate, .scalar) }
  /// 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ) at step t, computed in Double outside the graph: in Float they would
  /// cost four digits at the first steps.
  var corrections: (first: Tensor, second: Tensor) {
    (graph.input(StepLeaf.correction1, .scalar), graph.input(StepLeaf.correction2, .scalar))
  }

  mutating func set(_ leaf: Tensor, to value: Tensor) {
    updates.append((leaf, value))
  }

  /// A value that starts at `initial` everywhere.
  mutating func keep(_ leaf: Tensor, initial: Double, next value: Tensor) {
    let extents = leaf.shape.dimensions.map { $0.count ?? 1 }
    state.append(StateLeaf(name: leaf.node.attribute.leafName, extents: extents, initial: initial))
    updates.append((leaf, value))
  }

  /// The running mean of a value with weight β on the past, kept from step to step.
  mutating func runningMean(_ name: String, of value: Tensor, beta: Double) -> Tensor {
    let leaf = graph.input(name, value.shape)
    let next: Tensor = beta * leaf + (1 - beta) * value
    keep(leaf, initial: 0, next: next)
    return next
  }
}

/// The scalars that the trainer sets, apart from those of the objective.
package enum StepLeaf {
  /// λ of the penalties on a path.
  package static let strength = "strength"
  /// A factor of the penalty for each feature.
  package static let columnWeights = "columnWeights"
  /// The features of the sample with those that are left out, and the factor of the penalty for each.
  package static let allFeatures = "x.all"
  package static let allColumnWeights = "columnWeights.all"
  package static let rate = "rate"
  package static let correction1 = "correction1"
  package static let correction2 = "correction2"
  /// The share of the old mean when weights are averaged.
  package static let averaging = "averaging"
}

extension Attribute {
  /// The name of a leaf; empty for any other instruction.
  package var leafName: String {
    if case .leaf(let leaf) = self { leaf.name } else { "" }
  }
}
