import RankineGraph
import Testing

/// The text of each misfit, where it is placed, and that the first one is kept.
struct GraphErrorTests {
  private static let stretchHint =
    "hint: axes are aligned at the right and only an axis of size 1 stretches"

  /// What a build leaves in the graph, in the scope `shared[0]`.
  private func message(_ build: (Graph) -> Void) -> String? {
    let graph = Graph()
    graph.scope = "shared[0]"
    build(graph)
    return graph.error?.description
  }

  @Test func elementwiseOperandsThatDoNotStretchAreNamed() {
    #expect(
      message { _ = $0.input("a", [.batch, 3]) + $0.input("b", [4]) } == """
        error[shape-mismatch] in shared[0]: add of [batch, 3] and [4]
          \(Self.stretchHint)
        """)
    #expect(
      message { _ = maximum($0.input("a", [.batch]), $0.input("b", [.sample])) } == """
        error[shape-mismatch] in shared[0]: maximum of [batch] and [sample]
          \(Self.stretchHint)
        """)
    #expect(
      message { _ = select($0.input("c", [2]), $0.input("a", [3]), $0.input("b", [])) }
        == "error[shape-mismatch] in shared[0]: select of [2], [3] and []")
  }

  @Test func productsNameTheAxesThatDoNotMeet() {
    #expect(
      message { _ = matmul($0.input("a", [.batch, 3]), $0.input("b", [4, 3])) } == """
        error[shape-mismatch] in shared[0]: matmul of [batch, 3] and [4, 3]: 3 meets 4
          hint: the last axis of the first must match the last but one of the second
        """)
    #expect(
      message { _ = matmul($0.input("a", [2, 3, 4]), $0.input("b", [5, 1, 4]), transposeB: true) }
        == """
        error[shape-mismatch] in shared[0]: matmul of [2, 3, 4] and [5, 1, 4]ᵀ: \
        leading axes [2] and [5] do not stretch
          \(Self.stretchHint)
        """)
    #expect(
      message { _ = matmul($0.input("a", [3]), $0.input("b", [3, 1])) }
        == "error[shape-mismatch] in shared[0]: matmul of [3] and [3, 1] needs two axes on each side"
    )
  }

  @Test func rearrangementsNameTheShapeAndTheAxis() {
    let cases: [(String, (Tensor) -> Void)] = [
      (
        "shape-mismatch] in shared[0]: [2, batch] does not stretch to [3, batch]",
        { _ = $0.broadcast(to: [3, .batch]) }
      ),
      (
        "shape-mismatch] in shared[0]: [2, batch] and [2, sample] hold different numbers of elements",
        { _ = $0.reshaped(to: [2, .sample]) }
      ),
      ("bad-axis] in shared[0]: transpose of [2, batch] by [0, 0]", { _ = $0.transposed([0, 0]) }),
      (
        "bad-slice] in shared[0]: positions 1..<3 along axis 0 of [2, batch]",
        { _ = $0.sliced(0, from: 1, count: 2) }
      ),
      (
        "bad-slice] in shared[0]: positions 0..<1 along axis 1 of [2, batch]",
        { _ = $0.sliced(1, from: 0, count: 1) }
      ),
      ("bad-axis] in shared[0]: sum over axes [2] of [2, batch]", { _ = $0.sum(over: [2]) }),
      (
        "bad-axis] in shared[0]: largest over axes [1, 0] of [2, batch]",
        { _ = $0.largest(over: [1, 0]) }
      ),
      (
        "bad-axis] in shared[0]: concatenate along axis 2 of nothing that has it",
        { _ = concatenate([$0, $0], along: 2) }
      ),
      (
        """
        shape-mismatch] in shared[0]: concatenate of [2, batch] and [2, batch] along axis 1
          hint: all other axes must agree and this one must be a number
        """, { _ = concatenate([$0, $0], along: 1) }
      ),
    ]
    for (text, build) in cases {
      #expect(message { build($0.input("x", [2, .batch])) } == "error[" + text)
    }
  }

  @Test func indexingAsksForOneListOfRowNumbers() {
    #expect(
      message { _ = $0.input("x", [2]).gathered(by: $0.input("rows", [3])) } == """
        error[bad-gather] in shared[0]: gather along axis 0 of [2] by [3]
          hint: the second operand is one list of row numbers
        """)
    #expect(
      message {
        _ = $0.input("x", [2]).scatteredAdd(by: $0.indices("rows", [3]), along: 0, extent: 5)
      } == "error[bad-scatter] in shared[0]: scatter-add along axis 0 of [2] by [3]")
    #expect(
      message { _ = $0.indices("rows", [3]) + 1 } == """
        error[index-as-number] in shared[0]: add of row numbers
          hint: row numbers can only be gathered or scattered by
        """)
  }

  @Test func oneNameHasOneShape() {
    #expect(
      message { _ = ($0.input("x", [2]), $0.input("x", [2]), $0.input("x", [3])) } == """
        error[name-taken] in shared[0]: input "x" is real [3] here and real [2] elsewhere
          hint: give one of them another name
        """)
  }

  @Test func derivativesAskForAScalarAndForFittingDirections() {
    #expect(
      message { _ = $0.input("x", [2]).gradient(of: $0.input("x", [2])) } == """
        error[not-a-scalar] in shared[0]: gradient of [2]
          hint: sum it, or give a cotangent
        """)
    #expect(
      message { g in
        let x = g.input("x", [2])
        _ = x.hessianVectorProduct(along: [(of: x, tangent: x)])
      } == """
        error[not-a-scalar] in shared[0]: Hessian product of [2]
          hint: sum it, or give a cotangent
        """)
    #expect(
      message { g in
        let x = g.input("x", [2])
        _ = exp(x).tangent(along: [(of: x, tangent: g.constant(1))])
      } == """
        error[shape-mismatch] in shared[0]: tangent [] for [2]
          hint: the two shapes must be the same
        """)
    #expect(
      message { g in
        let x = g.input("x", [2])
        _ = exp(x).cotangents(of: [x], given: g.input("c", [1]))
      } == """
        error[shape-mismatch] in shared[0]: cotangent [1] for [2]
          hint: the two shapes must be the same
        """)
  }

  @Test func drawsAskForOneCounter() {
    #expect(
      message { _ = $0.uniform([2], stream: 0, counter: $0.input("n", [2])) }
        == "error[shape-mismatch] in shared[0]: the counter of uniform is [2]")
  }

  @Test func theFirstMisfitWinsAndKeepsItsPlace() {
    let graph = Graph()
    graph.scope = "shared[0]"
    _ = graph.input("a", [2]) + graph.input("b", [3])
    graph.scope = "task[1]"
    _ = graph.input("a", [2]).sum(over: [7])
    #expect(graph.error?.code == "shape-mismatch")
    #expect(graph.error?.place == "shared[0]")
    #expect(throws: GraphError.self) { try graph.check() }
  }

  @Test func derivativesOfAMisfitReportItAndDoNotTrap() {
    let graph = Graph()
    let x = graph.input("x", [2, 3]), rows = graph.indices("rows", [.batch])
    let values = [
      x.gathered(by: rows, along: 5), x.sum(over: [4]), x.sliced(9, from: 0, count: 1),
      concatenate([x, x], along: 3), matmul(x, graph.input("v", [3])), x.element(7, along: 3),
    ]
    for value in values { _ = value.sum().gradient(of: x).shape }
    #expect(graph.error?.code == "bad-gather")
  }
}
