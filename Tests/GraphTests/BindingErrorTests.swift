import RankineGraph
import Testing

/// What a run says about data that do not fit the graph.
struct BindingErrorTests {
  private func message(_ value: Tensor, at bindings: Bindings) -> String? {
    do {
      _ = try Interpreter(bindings).evaluate(value)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func aMissingInputIsNamedWithTheNearestOne() {
    let x = Graph().input("weight", [2])
    #expect(
      message(x, at: Bindings(["wieght": NumericArray([2], [1, 2])])) == """
        error[unbound-input]: "weight" has no value
          hint: did you mean "wieght"?
        """)
  }

  @Test func aMissingSizeIsNamed() {
    #expect(
      message(Graph().extent(.batch), at: Bindings()) == """
        error[unbound-dimension]: dimension "batch" has no size
          hint: bind it when the program is run
        """)
  }

  @Test func anInputOfAnotherShapeIsNamed() {
    let bindings = Bindings(["x": NumericArray([3], [1, 2, 3])], extents: ["batch": 2])
    #expect(
      message(Graph().input("x", [.batch]), at: bindings) == """
        error[shape-mismatch]: "x" is [batch] and was given [3]
          hint: give it [2]
        """)
  }

  @Test(arguments: [(2.0, "2"), (-1, "-1"), (0.5, "0.5"), (.nan, "nan"), (.infinity, "inf")])
  func aRowNumberThatIsNoRowIsNamed(_ row: Double, _ shown: String) {
    let graph = Graph()
    let rows = graph.indices("rows", [1]), x = graph.input("x", [2])
    let bindings = Bindings(["rows": NumericArray([1], [row]), "x": NumericArray([2], [5, 6])])
    let expected = """
      error[index-out-of-range]: row number \(shown) of 2
        hint: row numbers are whole and count from 0
      """
    #expect(message(x.gathered(by: rows), at: bindings) == expected)
    let scattered = graph.constant(1).broadcast(to: [1]).scatteredAdd(by: rows, along: 0, extent: 2)
    #expect(message(scattered, at: bindings) == expected)
  }

  @Test(arguments: [(-1.0, "-1.0"), (0.5, "0.5"), (.nan, "nan")])
  func aCounterThatCountsNothingIsNamed(_ counter: Double, _ shown: String) {
    let graph = Graph()
    let draws = graph.uniform([2], stream: 0, counter: graph.constant(counter))
    #expect(
      message(draws, at: Bindings()) == """
        error[bad-counter]: the counter of uniform is \(shown)
          hint: count steps in whole numbers from 0
        """)
  }

  @Test func aMisfitInTheGraphIsReportedBeforeAnythingRuns() {
    let graph = Graph()
    let value = graph.input("a", [2]) + graph.input("b", [3])
    #expect(message(value, at: Bindings())?.hasPrefix("error[shape-mismatch]: add of") == true)
  }
}
