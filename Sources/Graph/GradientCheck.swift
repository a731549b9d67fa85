import RankineSupport

/// How well a derivative agrees with finite differences along one random direction.
public struct GradientCertificate: Sendable, CustomStringConvertible {
  /// The name of the parameter that moved.
  public let parameter: String
  /// The derivative along the direction, from the graph.
  public let derived: Double
  /// The same by central differences.
  public let measured: Double
  /// |derived − measured| relative to the larger of 1 and both.
  public var error: Double {
    Swift.abs(derived - measured) / max(1, Swift.abs(derived), Swift.abs(measured))
  }
  /// The largest error that passes.
  public let tolerance: Double
  /// Whether the error is within the tolerance; never for NaN.
  public var passes: Bool { error <= tolerance }

  /// One line: the verdict, both numbers and their error.
  public var description: String {
    "\(passes ? "ok  " : "FAIL") \(parameter): derived \(derived), measured \(measured), "
      + "error \(error)"
  }
}

/// Compares the gradient of a scalar with central differences, parameter by parameter, in Double.
///
/// Each parameter moves along its own random direction v with entries ±1/√size, and
/// (L(θ + hv) − L(θ − hv))/2h is held against ∇L·v.
///
/// - Parameters:
///   - value: a scalar of the graph.
///   - parameters: leaves of the graph; their values come from `bindings`.
///   - step: h, relative to the largest entry of the parameter (at least 1).
///   - tolerance: relative; the default suits smooth losses.
///   - holdsDetached: whether detached values keep the numbers that they have at `bindings` while
///     parameters move, so that a derivative that leaves them out on purpose passes.
/// - Throws: `GraphError` when something is unbound or the shapes do not fit.
package func checkGradients(
  of value: Tensor, along parameters: [Tensor], at bindings: Bindings, seed: UInt64 = 1,
  step: Double = 6e-6, tolerance: Double = 1e-6, holdsDetached: Bool = false
) throws(GraphError) -> [GradientCertificate] {
  let held = holdsDetached ? try detachedValues(under: value, at: bindings) : [:]
  let slopes = try Interpreter(bindings).evaluate(value.gradients(of: parameters))
  var certificates: [GradientCertificate] = []
  for (parameter, slope) in zip(parameters, slopes) {
    guard case .leaf(let leaf) = parameter.node.attribute, let start = bindings.leaves[leaf.name]
    else {
      throw GraphError("not-a-parameter", "a gradient check needs parameters that are bound leaves")
    }
    var random = CounterRandom(seed: seed, named: leaf.name)
    let scale = 1 / Double(max(1, start.values.count)).squareRoot()
    let direction = start.values.map { _ in random.uniform() < 0.5 ? -scale : scale }
    let h = step * max(1, start.values.map { Swift.abs($0) }.max() ?? 0)
    func moved(by distance: Double) throws(GraphError) -> Double {
      var bindings = bindings
      bindings.leaves[leaf.name] = NumericArray(
        start.extents, zip(start.values, direction).map { $0 + distance * $1 })
      return try Interpreter(bindings, holding: held).evaluate(value).values[0]
    }
    certificates.append(
      GradientCertificate(
        parameter: leaf.name, derived: zip(slope.values, direction).map { $0 * $1 }.reduce(0, +),
        measured: (try moved(by: h) - moved(by: -h)) / (2 * h), tolerance: tolerance))
  }
  return certificates
}

/// The detached values that a value is computed from, by the number of their instruction.
private func detachedValues(
  under value: Tensor, at bindings: Bindings
) throws(GraphError) -> [Int: NumericArray] {
  let graph = value.graph, isNeeded = graph.ancestors(of: [value])
  let detached = graph.nodes.indices.filter { isNeeded[$0] && graph.nodes[$0].op == .detach }
  let values = try Interpreter(bindings).evaluate(detached.map(graph.tensor))
  return Dictionary(uniqueKeysWithValues: zip(detached, values))
}
