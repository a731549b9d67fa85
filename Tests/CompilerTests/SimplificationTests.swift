import RankineTestSupport
import Testing

@testable import RankineCompiler
@testable import RankineGraph

struct SimplificationTests {
  private func simplified(_ build: (Graph) -> Tensor) throws -> String {
    let graph = Graph()
    let program = Program("test", graph: graph, outputs: [("y", build(graph))])
    let result = try Simplification().run(program)
    return Printer(result.outputs, of: result.graph).text
  }

  @Test func identitiesLeaveTheOperand() throws {
    let text = try simplified { graph in
      let x = graph.input("x", [3])
      return -(-((x + 0) * 1 - 0) / 1) * -1
    }
    #expect(text == "%0 = leaf(x) : [3]\n%1 = negate %0 : [3]\nreturn y = %1")
  }

  @Test func aValueThatIsTakenFromItselfLeavesNothing() throws {
    let text = try simplified { graph in
      let x = graph.input("x", [3])
      return x.sum() + ((x - x.detached) * exp(x)).sum()
    }
    #expect(text == "%0 = leaf(x) : [3]\n%1 = sum(0) %0 : []\nreturn y = %1")
  }

  @Test func constantsFoldThroughStretches() throws {
    let text = try simplified { graph in
      let x = graph.input("x", [2, 3])
      return x * (exp(graph.constant(0)) + 1).broadcast(to: [2, 3])
    }
    #expect(
      text == """
        %0 = leaf(x) : [2, 3]
        %1 = constant(2.0) : []
        %2 = broadcast %1 : [2, 3]
        %3 = multiply %0 %2 : [2, 3]
        return y = %3
        """)
  }

  @Test func workOnRepeatedValuesIsDoneBeforeRepeating() throws {
    let text = try simplified { graph in
      let x = graph.input("x", [3])
      return exp(x.broadcast(to: [5, 3])) * x.broadcast(to: [5, 3])
    }
    #expect(
      text == """
        %0 = leaf(x) : [3]
        %1 = exp %0 : [3]
        %2 = multiply %0 %1 : [3]
        %3 = broadcast %2 : [5, 3]
        return y = %3
        """)
  }

  @Test func aSignMovesOutOfAProductIntoADifference() throws {
    let text = try simplified { graph in
      let x = graph.input("x", [3]), y = graph.input("y", [3])
      return x + (-y) * x
    }
    #expect(
      text == """
        %0 = leaf(x) : [3]
        %1 = leaf(y) : [3]
        %2 = multiply %0 %1 : [3]
        %3 = subtract %0 %2 : [3]
        return y = %3
        """)
  }

  @Test func rearrangementsJoin() throws {
    let text = try simplified { graph in
      let x = graph.input("x", [2, 3])
      return x.transposed([1, 0]).transposed([1, 0]).reshaped(to: [6]).reshaped(to: [3, 2])
    }
    #expect(text == "%0 = leaf(x) : [2, 3]\n%1 = reshape %0 : [3, 2]\nreturn y = %1")
  }

  @Test func aMaskThatBothTermsHaveMovesOutOfTheirDifference() throws {
    let text = try simplified { graph in
      let x = graph.input("x", .scalar), y = graph.input("y", .scalar)
      let mask = greater(x, y)
      return mask * exp(x) - 0.5 * (mask * y)
    }
    #expect(
      text == """
        %0 = leaf(x) : []
        %1 = leaf(y) : []
        %2 = greater %0 %1 : []
        %3 = exp %0 : []
        %4 = constant(0.5) : []
        %5 = multiply %1 %4 : []
        %6 = subtract %3 %5 : []
        %7 = multiply %2 %6 : []
        return y = %7
        """)
  }

  /// The slope of a squared ramp is zero where the ramp is, whether it is asked for or not.
  @Test func whatIsZeroElsewhereNeedsNoChoice() throws {
    let text = try simplified { graph in
      let x = graph.input("x", .scalar)
      return square(relu(x)).gradients(of: [x])[0]
    }
    #expect(
      text == """
        %0 = leaf(x) : []
        %1 = constant(0.0) : []
        %2 = greater %0 %1 : []
        %3 = select %2 %0 %1 : []
        %4 = constant(2.0) : []
        %5 = multiply %3 %4 : []
        return y = %5
        """)
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func valuesStay(_ seed: UInt64) throws {
    let random = RandomGraph(seed: 50_000 + seed, steps: 24)
    let bindings = random.bindings()
    let program = Program("random", graph: random.graph, outputs: random.outputs)
    let expected = try Interpreter(bindings).evaluate(program.roots)
    for pass in [Simplification(), PairInvariants()] as [any Pass] {
      let result = try pass.run(program)
      try Verifier.verify(result.graph, after: type(of: pass).name)
      for (a, b) in zip(expected, try Interpreter(bindings).evaluate(result.roots)) {
        let scale = max(1, a.values.map { abs($0) }.max() ?? 0)
        #expect(a.extents == b.extents)
        #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) <= 1e-11 * scale })
      }
    }
  }

  @Test func simplifyingTwiceChangesNothing() throws {
    for seed in 0..<60 as Range<UInt64> {
      let random = RandomGraph(seed: 60_000 + seed, steps: 24)
      let once = try Simplification().run(
        Program("random", graph: random.graph, outputs: random.outputs))
      let twice = try Simplification().run(once)
      #expect(
        Printer(once.outputs, of: once.graph).text == Printer(twice.outputs, of: twice.graph).text)
    }
  }
}
