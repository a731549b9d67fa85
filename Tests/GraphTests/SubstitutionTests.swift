import Testing

@testable import RankineGraph

struct SubstitutionTests {
  private let graph = Graph()

  @Test func aFormulaIsRepeatedOverTheReplacement() throws {
    let x = graph.input("x", [2]), w = graph.input("w", [2])
    let value = (x * w + exp(w)).sum()
    let moved = graph.substituted([value], [(leaf: w, by: w - 0.5 * x)])[0]
    let bindings = Bindings(["x": NumericArray([2], [2, 4]), "w": NumericArray([2], [1, 3])])
    // w becomes (0, 1): 2·0 + 4·1 + e⁰ + e¹.
    let expected = 5 + 2.718281828459045
    #expect(abs(try Interpreter(bindings).evaluate(moved).values[0] - expected) < 1e-12)
  }

  @Test func whatDoesNotReadTheLeafStaysTheSameInstruction() {
    let x = graph.input("x", [2]), w = graph.input("w", [2])
    let count = graph.nodes.count
    let (untouched, draws) = (exp(x), graph.uniform([2], stream: 1, counter: graph.constant(1)))
    let before = graph.nodes.count
    let values = graph.substituted([untouched, draws], [(leaf: w, by: x)])
    #expect(values == [untouched, draws])
    #expect(graph.nodes.count == before)
    #expect(before > count)
  }

  /// Two leaves exchange their places at once.
  @Test func replacementsDoNotReplaceEachOther() {
    let x = graph.input("x", [2]), w = graph.input("w", [2])
    let value = x / w
    #expect(graph.substituted([value], [(leaf: x, by: w), (leaf: w, by: x)]) == [w / x])
  }
}
