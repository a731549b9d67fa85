import RankineGraph
import RankineLanguage

/// The weights of a model through which alone it sees its features, where their penalties zero whole
/// inputs: a feature that all of them have at zero has no part in any number of a training step, so a
/// step without it is the same step.
///
/// Whether a model is of this kind is read from its graph: features may only be gathered and multiplied
/// by such weights, and the weights may only multiply features. A layer that does anything else with
/// them, or a balancing rule that looks at the weights' gradients, makes it no such model.
struct ScreenedWeights {
  /// In the order of declaration; not empty.
  let parameters: [LoweredParameter]
  /// For each of them its products with the features.
  let products: [[Tensor]]

  /// Nil for a model that is not of this kind.
  init?(_ model: LoweredModel, _ objective: LoweredObjective) {
    let graph = model.graph
    var candidates: [Int: LoweredParameter] = [:]
    for parameter in model.parameters {
      guard let penalty = parameter.penalty, penalty.screensInputs, parameter.strength != nil
      else { continue }
      candidates[parameter.leaf.id] = parameter
    }
    let values = [objective.total, objective.perTask, objective.weights]
    let isUsed = graph.ancestors(of: values + objective.stateUpdates.map(\.value))
    var features: Set<Int> = []
    var products: [Int: [Tensor]] = [:]
    var productIds: Set<Int> = []
    for (id, node) in graph.nodes.enumerated() where isUsed[id] {
      if node.attribute.leafName == LeafName.features {
        features.insert(id)
      } else if node.op == .gather, features.contains(node.operands[0]) {
        features.insert(id)
      } else if node.op == .matmul, node.attribute == .transposition(a: false, b: true),
        features.contains(node.operands[0]), candidates[node.operands[1]] != nil
      {
        products[node.operands[1], default: []].append(graph.tensor(id))
        productIds.insert(id)
      }
    }
    let isMisused = graph.nodes.indices.contains { id in
      isUsed[id] && !features.contains(id) && !productIds.contains(id)
        && graph.nodes[id].operands.contains { features.contains($0) || products[$0] != nil }
    }
    if isMisused { return nil }
    parameters = model.parameters.filter { products[$0.leaf.id] != nil }
    self.products = parameters.map { products[$0.leaf.id] ?? [] }
    if parameters.isEmpty { return nil }
  }
}
