import RankineGraph
import RankineTestSupport
import Testing

/// Forward derivatives and Hessian products of whole graphs.
struct LinearizationTests {
  @Test(arguments: 0..<6 as Range<UInt64>)
  func tangentsMatchDifferencesAlongADirection(_ seed: UInt64) throws {
    let grown = RandomGraph(seed: seed, isSmooth: true)
    var bindings = grown.bindings()
    let v = try directions(along: grown.parameters, named: "v", at: &bindings)
    let values = grown.outputs.map(\.value)
    let moves = zip(grown.parameters, v).map { (of: $0, tangent: $1) }
    let tangents = try Interpreter(bindings).evaluate(values.map { $0.tangent(along: moves) })
    let h = 6e-6
    let ahead = try evaluate(values, moving: grown.parameters, by: h, along: v, at: bindings)
    let behind = try evaluate(values, moving: grown.parameters, by: -h, along: v, at: bindings)
    for (k, tangent) in tangents.enumerated() {
      for (i, derived) in tangent.values.enumerated() {
        let measured = (ahead[k].values[i] - behind[k].values[i]) / (2 * h)
        #expect(isClose(derived, measured, within: 1e-6), "\(grown.outputs[k].name)[\(i)]")
      }
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func forwardAndReverseAreTransposesOfEachOther(_ seed: UInt64) throws {
    let grown = RandomGraph(seed: seed)
    var bindings = grown.bindings()
    let v = try directions(along: grown.parameters, named: "v", at: &bindings)
    let moves = zip(grown.parameters, v).map { (of: $0, tangent: $1) }
    for (name, y) in grown.outputs {
      let cotangent = try directions(along: [y], named: "cotangent", at: &bindings)[0]
      let forward = cotangent * y.tangent(along: moves)
      let back = zip(y.cotangents(of: grown.parameters, given: cotangent), v).map { $0 * $1 }
      let values = try Interpreter(bindings).evaluate([forward] + back).map(\.values)
      let sums = (values[0].reduce(0, +), values.dropFirst().joined().reduce(0, +))
      let scale = values.joined().reduce(0) { $0 + abs($1) }
      #expect(abs(sums.0 - sums.1) <= 1e-12 * max(1, scale), "\(name)")
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func hessianProductsAreSymmetricAndMatchDifferencesOfGradients(_ seed: UInt64) throws {
    let grown = RandomGraph(seed: seed, isSmooth: true)
    var bindings = grown.bindings()
    let parameters = grown.parameters, graph = grown.graph
    let u = try directions(along: parameters, named: "u", at: &bindings)
    let v = try directions(along: parameters, named: "v", at: &bindings)
    func product(_ w: [Tensor]) -> [Tensor] {
      grown.total.hessianVectorProduct(along: zip(parameters, w).map { (of: $0, tangent: $1) })
    }
    let slope = inner(grown.total.gradients(of: parameters), u, in: graph)
    let values = [inner(product(v), u, in: graph), inner(product(u), v, in: graph)]
    let results = try Interpreter(bindings).evaluate(values).map { $0.values[0] }
    #expect(isClose(results[0], results[1], within: 1e-11))
    let h = 6e-6
    let ahead = try evaluate([slope], moving: parameters, by: h, along: v, at: bindings)
    let behind = try evaluate([slope], moving: parameters, by: -h, along: v, at: bindings)
    let measured = (ahead[0].values[0] - behind[0].values[0]) / (2 * h)
    #expect(isClose(results[0], measured, within: 1e-6))
  }

  @Test func productsOfAQuadraticAreItsMatrix() throws {
    // ½ xᵀAx with A = [[2, 1], [1, 4]]: H·(1, −1) = (1, −3); forward derivative of Ax along it too.
    let graph = Graph()
    let x = graph.input("x", [2]), a = graph.input("A", [2, 2]), v = graph.input("v", [2])
    let image = matmul(a, x.reshaped(to: [2, 1])).reshaped(to: [2])
    let value = 0.5 * (x * image).sum()
    let bindings = Bindings([
      "x": NumericArray([2], [3, 5]), "A": NumericArray([2, 2], [2, 1, 1, 4]),
      "v": NumericArray([2], [1, -1]),
    ])
    let results = try Interpreter(bindings).evaluate(
      value.hessianVectorProduct(along: [(of: x, tangent: v)])
        + [image.tangent(along: [(of: x, tangent: v)])])
    #expect(results.map(\.values) == [[1, -3], [1, -3]])
  }
}
