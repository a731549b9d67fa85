import RankineData
import RankineGraph

extension Scorer {
  /// The scorer of given linear scores, fₖ(x) = wₖ·x + bₖ.
  ///
  /// - Parameters:
  ///   - weights: one list a task.
  ///   - intercepts: one a task.
  static func linear(
    weights: [[Double]], intercepts: [Double], precision: Precision
  ) throws -> Scorer {
    let graph = Graph()
    let tasks: Dimension = .fixed(weights.count)
    let features: Dimension = .fixed(weights.first?.count ?? 0)
    let suffix = TrainingPrograms.averageSuffix
    let x = graph.input(
      TrainingPrograms.heldFeatures, [.named(TrainingPrograms.heldDimension), features])
    let weight = graph.input("linear.weight" + suffix, [tasks, features])
    let bias = graph.input("linear.bias" + suffix, [tasks, .fixed(1)])
    let scores = matmul(weight, x, transposeB: true) + bias
    try graph.check()
    var values = ParameterSet()
    values.values["linear.weight"] = weights.flatMap { $0 }
    values.values["linear.bias"] = intercepts
    return try Scorer(
      StoredGraph(scores), weights: values,
      extents: [
        "linear.weight": [weights.count, weights.first?.count ?? 0],
        "linear.bias": [weights.count, 1],
      ], precision: precision)
  }
}
