import RankineGraph
import RankineTestSupport
import Testing

/// What the derivative is where there is none: at kinks, ties and jumps.
struct SubgradientTests {
  let graph = Graph()

  private func gradients(
    of value: Tensor, at leaves: KeyValuePairs<String, [Double]>
  ) throws -> [[Double]] {
    let parameters = leaves.map { graph.input($0.key, [.fixed($0.value.count)]) }
    let bindings = Bindings(
      Dictionary(
        uniqueKeysWithValues: leaves.map { ($0.key, NumericArray([$0.value.count], $0.value)) }))
    return try Interpreter(bindings).evaluate(value.sum().gradients(of: parameters)).map(\.values)
  }

  @Test func aTieOfTwoGivesEachHalf() throws {
    let a = graph.input("a", [3]), b = graph.input("b", [3])
    let at: KeyValuePairs = ["a": [1.0, 2, 3], "b": [1.0, 5, 0]]
    #expect(try gradients(of: maximum(a, b), at: at) == [[0.5, 0, 1], [0.5, 1, 0]])
    #expect(try gradients(of: minimum(a, b), at: at) == [[0.5, 1, 0], [0.5, 0, 1]])
  }

  @Test func theLargestSharesItsDerivativeAmongTies() throws {
    let x = graph.input("x", [4])
    #expect(try gradients(of: 3 * x.largest(), at: ["x": [2, 7, 7, 7]]) == [[0, 1, 1, 1]])
  }

  @Test func kinksAtZeroTakeZero() throws {
    let x = graph.input("x", [3])
    let at: KeyValuePairs = ["x": [-2.0, 0, 2]]
    #expect(try gradients(of: abs(x), at: at) == [[-1, 0, 1]])
    #expect(try gradients(of: relu(x), at: at) == [[0, 0, 1]])
    #expect(try gradients(of: sign(x) * 5, at: at) == [[0, 0, 0]])
    #expect(try gradients(of: x.norm(), at: ["x": [0, 0, 0]]) == [[0, 0, 0]])
    let unit = try gradients(of: x.norm(), at: ["x": [0, 3, 4]])[0]
    #expect(zip(unit, [0, 0.6, 0.8]).allSatisfy { isClose($0, $1, within: 1e-15) })
  }

  @Test func comparisonsAndDetachedValuesAreConstants() throws {
    let x = graph.input("x", [2])
    // d/dx of x·stop(x) is x, not 2x; of x·1{x > 1} it is the indicator.
    #expect(try gradients(of: x * x.detached, at: ["x": [3, -4]]) == [[3, -4]])
    #expect(try gradients(of: x * greater(x, graph.constant(1)), at: ["x": [3, -4]]) == [[1, 0]])
    #expect(try gradients(of: x * equal(x, graph.constant(3)), at: ["x": [3, -4]]) == [[1, 0]])
  }

  @Test func whatAValueDoesNotDependOnHasZeroGradientOfItsShape() throws {
    let x = graph.input("x", [2])
    let at: KeyValuePairs = ["x": [1.0, 1], "other": [1.0, 2, 3]]
    #expect(try gradients(of: x * 2, at: at) == [[2, 2], [0, 0, 0]])
  }

  @Test func aDerivativeAlongAnIntermediateValueStopsThere() throws {
    let x = graph.input("x", [])
    let middle = 3 * x
    let value = middle * middle + x
    let bindings = Bindings(["x": NumericArray(2)])
    let results = try Interpreter(bindings).evaluate(value.gradients(of: [middle, x]))
    // Along the middle 2·6; along x through both 12·3 + 1.
    #expect(results.map(\.values) == [[12], [37]])
  }
}
