import RankineGraph
import RankineSupport

/// ∂value/∂leaf element by element by central differences, with h = 6e-6·max(1, |x|).
///
/// - Parameters:
///   - value: a scalar.
///   - leaf: a bound leaf.
package func differences(
  of value: Tensor, along leaf: Tensor, at bindings: Bindings
) throws -> NumericArray {
  guard var slopes = bindings.leaves[leaf.leafName] else { return NumericArray([0], []) }
  for i in slopes.values.indices {
    let x = bindings.leaves[leaf.leafName]?.values[i] ?? 0
    let h = 6e-6 * max(1, abs(x))
    func moved(by distance: Double) throws -> Double {
      var bindings = bindings
      bindings.leaves[leaf.leafName]?.values[i] += distance
      return try Interpreter(bindings).evaluate(value).values[0]
    }
    slopes.values[i] = (try moved(by: h) - moved(by: -h)) / (2 * h)
  }
  return slopes
}

/// A direction for each leaf: a new leaf of the same shape with entries between −1 and 1, bound.
package func directions(
  along leaves: [Tensor], named name: String, at bindings: inout Bindings
) throws -> [Tensor] {
  try leaves.map { leaf in
    let direction = leaf.graph.input("\(name) \(leaf.id)", leaf.shape)
    let extents = try leaf.shape.resolved(bindings.extents)
    var random = CounterRandom(seed: bindings.seed, named: direction.leafName)
    bindings.leaves[direction.leafName] = NumericArray(extents) { _ in 2 * random.uniform() - 1 }
    return direction
  }
}

/// The values of the tensors when every leaf has gone a distance along its direction.
package func evaluate(
  _ values: [Tensor], moving leaves: [Tensor], by distance: Double, along directions: [Tensor],
  at bindings: Bindings
) throws -> [NumericArray] {
  var moved = bindings
  for (leaf, direction) in zip(leaves, directions) {
    let steps = bindings.leaves[direction.leafName]?.values ?? []
    for (i, step) in steps.enumerated() {
      moved.leaves[leaf.leafName]?.values[i] += distance * step
    }
  }
  return try Interpreter(moved).evaluate(values)
}

/// Σ aᵢ bᵢ over all elements, as graph.
package func inner(_ a: [Tensor], _ b: [Tensor], in graph: Graph) -> Tensor {
  zip(a, b).reduce(graph.constant(0)) { $0 + ($1.0 * $1.1).sum() }
}
