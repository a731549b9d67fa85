import RankineGraph
import Testing

struct GraphTests {
  let graph = Graph()

  @Test func equalInstructionsAreOne() {
    let x = graph.input("x", [3])
    #expect(exp(x) == exp(graph.input("x", [3])))
    #expect(x + 1 == x + 1)
    #expect(x + 1 != 1 + x)
    #expect(x.sum(over: [0]) != x.largest(over: [0]))
    #expect(
      graph.uniform([2], stream: 1, counter: x.sum())
        != graph.uniform([2], stream: 2, counter: x.sum()))
    let count = graph.nodes.count
    _ = exp(x) * (x + 1).sum()
    _ = exp(x) * (x + 1).sum()
    // Of all that, the sum, its stretching and the product are new.
    #expect(graph.nodes.count == count + 3)
  }

  @Test func constantsAreToldApartByTheirBits() {
    #expect(graph.constant(0) != graph.constant(-0.0))
    #expect(graph.constant(.nan) == graph.constant(.nan))
    #expect(graph.constant(1).constantValue == 1)
    #expect(graph.input("x", []).constantValue == nil)
  }

  @Test func theScopeIsNoPartOfAnInstructionsIdentity() {
    graph.scope = "shared[0]"
    let first = exp(graph.input("x", []))
    graph.scope = "shared[1]"
    #expect(exp(graph.input("x", [])) == first)
    #expect(first.node.scope == "shared[0]")
  }

  @Test func theExtentOfAFixedAxisIsAConstant() {
    #expect(graph.extent(3) == graph.constant(3))
    #expect(graph.extent(.batch).node.op == .extent)
  }

  @Test func whatChangesNothingAddsNothing() {
    let x = graph.input("x", [2, .batch])
    #expect(x.broadcast(to: [2, .batch]) == x)
    #expect(x.reshaped(to: [2, .batch]) == x)
    #expect(x.transposed([0, 1]) == x)
    #expect(x.sliced(0, from: 0, count: 2) == x)
    #expect(x.sum(over: []) == x)
    #expect(concatenate([x], along: 0) == x)
  }

  @Test func commutativeOperationsCommuteToTheBit() {
    let values: [Double] = [0, -0.0, 1.5, -2, .infinity, -.infinity, .nan]
    for op in Op.allCases where op.definition.isCommutative {
      for a in values {
        for b in values {
          let results = [[a, b], [b, a]].compactMap { op.definition.evaluate?($0) }
          #expect(
            results[0].bitPattern == results[1].bitPattern
              || results.allSatisfy(\.isNaN), "\(op) of \(a) and \(b)")
        }
      }
    }
  }

  @Test func theVerifierFindsAnInstructionWithTooFewOperands() {
    let broken = Graph()
    broken.scope = "task[0]"
    _ = broken.append(.add, [broken.constant(1)])
    #expect(
      verification(of: broken)
        == "error[broken-graph] in task[0]: after folding, %1 add: 1 operands, not 2")
  }

  @Test func theVerifierReportsAnAttributeThatIsMissing() {
    let broken = Graph()
    _ = broken.append(.sum, [broken.input("x", [3])])
    #expect(
      verification(of: broken) == "error[missing-attribute]: sum was built without its attribute")
  }

  @Test func theVerifierPassesAWellFormedGraph() {
    _ = exp(graph.input("x", [.batch])).sum()
    #expect(verification(of: graph) == nil)
  }

  private func verification(of graph: Graph) -> String? {
    do {
      try Verifier.verify(graph, after: "folding")
      return nil
    } catch {
      return error.description
    }
  }
}
