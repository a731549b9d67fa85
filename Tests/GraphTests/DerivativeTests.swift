import RankineGraph
import RankineTestSupport
import Testing

/// Each operation's rule against central differences in Double.
struct DerivativeTests {
  @Test(arguments: Op.allCases.filter { $0.definition.pullback != nil })
  func firstAndSecondDerivativesMatchDifferences(_ op: Op) throws {
    for trial in OperationTrial.trials(of: op) {
      var bindings = trial.bindings
      let graph = trial.graph, y = trial.result
      // Curved in y, so that the second derivative also differentiates what the cotangent does.
      let weights = try directions(along: [y], named: "weight", at: &bindings)
      let loss: Tensor = inner(weights, [y + 0.5 * square(y)], in: graph)
      let first = loss.gradients(of: trial.operands)
      try expectMatch(first, differencesOf: loss, in: trial, at: bindings)

      let v = try directions(along: trial.operands, named: "v", at: &bindings)
      let slope = inner(first, v, in: graph)
      let second = slope.gradients(of: trial.operands)
      try expectMatch(second, differencesOf: slope, in: trial, at: bindings)
    }
  }

  @Test(arguments: Op.allCases.filter { $0.definition.pullback == nil })
  func anOperationWithoutARulePassesNoDerivativeOn(_ op: Op) throws {
    // A leaf is what derivatives are taken along: they start there with 1.
    let expected: Double = op == .leaf ? 1 : 0
    for trial in OperationTrial.trials(of: op) {
      let gradients = try Interpreter(trial.bindings).evaluate(
        trial.result.sum().gradients(of: trial.operands))
      #expect(gradients.allSatisfy { $0.values.allSatisfy { $0 == expected } })
    }
  }

  @Test(arguments: Op.allCases)
  func everyOperationIsTried(_ op: Op) {
    let trials = OperationTrial.trials(of: op)
    #expect(!trials.isEmpty)
    for trial in trials {
      #expect(trial.graph.error == nil)
      #expect(trial.graph.nodes.contains { $0.op == op })
    }
  }

  private func expectMatch(
    _ gradients: [Tensor], differencesOf value: Tensor, in trial: OperationTrial,
    at bindings: Bindings
  ) throws {
    for (leaf, gradient) in zip(trial.operands, try Interpreter(bindings).evaluate(gradients)) {
      let measured = try differences(of: value, along: leaf, at: bindings)
      #expect(gradient.extents == measured.extents)
      for (a, b) in zip(gradient.values, measured.values) {
        #expect(isClose(a, b), "\(trial) along \(leaf.leafName)")
      }
    }
  }
}
