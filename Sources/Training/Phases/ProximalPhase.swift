import RankineCompiler
import RankineGraph
import RankineLanguage

/// The programs of proximal gradient steps on all rows of a sample.
///
/// - `prepare`: what does not depend on the parameters that move, once before the steps.
/// - `curvature`: one power iteration v ← Hv/‖Hv‖, H the second derivatives of the loss along them.
/// - `step`: θ ← prox(θ − s∇f), s = 1/(factor·‖Hv‖), with output `objective`, f + Ω before the step.
package struct ProximalPhase: Sendable {
  let prepare: CompiledProgram
  let curvature: CompiledProgram
  let step: CompiledProgram
  /// Of the parameters that move.
  let moving: [String]
  /// Arrays that the programs share, with the axes that they have.
  let buffers: [(name: String, shape: Shape)]
  /// The leaves of v.
  let directions: [String]
  let curvatureLeaf: String
  let factorLeaf: String

  /// By how much more than the largest curvature that was found a step is damped at first.
  static let firstFactor = 1.02
  private static let leastCurvature = 1e-9

  /// - Parameters:
  ///   - model: of the whole sample.
  ///   - name: what its leaves start with.
  init(
    _ model: LoweredModel, moving group: Movable, featureCount: Int, named name: String
  ) throws {
    let graph = model.graph
    let loss = model.objective().total
    let parameters = (model.parameters + model.objective().extraParameters).filter {
      $0.role.moves(with: group)
    }
    (curvatureLeaf, factorLeaf) = ("\(name).curvature", "\(name).factor")
    let leaves = parameters.map(\.leaf)
    let tangents = parameters.map { graph.input("\(name).direction.\($0.name)", $0.leaf.shape) }
    let products = loss.hessianVectorProduct(
      along: zip(leaves, tangents).map { (of: $0, tangent: $1) })
    let squares = products.map { square($0).sum() }
    let curved: Tensor = squares.dropFirst().reduce(squares.first ?? graph.constant(0), +)
    let norm: Tensor = sqrt(maximum(curved, 1e-30))
    let isCurved: Tensor = greater(norm, graph.constant(1e-12))
    let turned = zip(tangents, products).map { select(isCurved, $1 / norm, $0) }

    let found = graph.input(curvatureLeaf, .scalar), factor = graph.input(factorLeaf, .scalar)
    let size: Tensor = 1 / (factor * maximum(found, Self.leastCurvature))
    var value = loss
    var moved: [Tensor] = []
    for (parameter, gradient) in zip(parameters, loss.gradients(of: leaves)) {
      let ahead: Tensor = parameter.leaf - size * gradient
      guard let penalty = parameter.penalty, let strength = parameter.strength else {
        moved.append(ahead)
        continue
      }
      let weights = parameter.columnWeights(featureCount: featureCount)
      value = value + penalty.value(parameter.leaf, strength: strength, columnWeights: weights)
      moved.append(
        penalty.prox(ahead, strength: strength, step: size, columnWeights: weights))
    }
    let split = graph.hoisted(
      [value, norm] + moved + turned, changing: leaves + tangents + [found, factor],
      prefix: "\(name).kept")
    let moves = Array(split.values[2..<(2 + leaves.count)])
    let turns = Array(split.values[(2 + leaves.count)...])
    prepare = try compile(Program("prepare", graph: graph, updates: split.hoisted))
    curvature = try compile(
      Program(
        "curvature", graph: graph,
        updates: zip(tangents, turns).map { ($0, $1) } + [(found, split.values[1])]))
    step = try compile(
      Program(
        "proximal step", graph: graph, outputs: [("objective", split.values[0])],
        updates: zip(leaves, moves).map { ($0, $1) }))
    moving = parameters.map(\.name)
    directions = tangents.map { $0.node.attribute.leafName }
    buffers =
      (split.hoisted.map(\.leaf) + tangents + [found, factor]).map {
        ($0.node.attribute.leafName, $0.shape)
      }
  }
}
