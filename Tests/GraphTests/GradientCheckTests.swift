import Testing

@testable import RankineGraph

struct GradientCheckTests {
  let graph = Graph()
  let bindings = Bindings([
    "x": NumericArray([3], [0.5, -1, 2]), "w": NumericArray([3], [1, 0.3, -0.7]),
  ])

  @Test func aRightGradientPasses() throws {
    let x = graph.input("x", [3]), w = graph.input("w", [3])
    let certificates = try checkGradients(
      of: sigmoid(x * w).sum() + square(w).sum(), along: [x, w], at: bindings)
    #expect(certificates.map(\.parameter) == ["x", "w"])
    #expect(certificates.allSatisfy { $0.passes && $0.error < 1e-8 })
  }

  @Test func aGradientThatMissesAFactorFails() throws {
    let x = graph.input("x", [3]), w = graph.input("w", [3])
    // The product rule without its second half: the difference sees both factors move.
    let certificates = try checkGradients(
      of: (x * w * x.detached).sum(), along: [x, w], at: bindings)
    #expect(certificates.map(\.passes) == [false, true])
    #expect(certificates[0].description.hasPrefix("FAIL x: derived "))
    #expect(certificates[1].description.hasPrefix("ok   w: derived "))
  }

  @Test func aDerivativeThatLeavesOutDetachedValuesPassesWhereTheyAreHeld() throws {
    let x = graph.input("x", [3]), w = graph.input("w", [3])
    let certificates = try checkGradients(
      of: (x * w * exp(x).detached).sum(), along: [x, w], at: bindings, holdsDetached: true)
    #expect(certificates.allSatisfy { $0.passes && $0.error < 1e-8 })
  }

  @Test func theErrorIsRelativeAboveOneAndNaNNeverPasses() {
    func certificate(_ derived: Double, _ measured: Double) -> GradientCertificate {
      GradientCertificate(parameter: "x", derived: derived, measured: measured, tolerance: 0.1)
    }
    #expect(certificate(0.5, 0.25).error == 0.25)
    #expect(certificate(100, 90).error == 0.1)
    #expect(certificate(100, 90).passes)
    #expect(!certificate(100, 89).passes)
    #expect(!certificate(.nan, 1).passes)
    #expect(!certificate(1, .nan).passes)
    #expect(!certificate(.infinity, .infinity).passes)
  }

  @Test func aParameterThatIsNoBoundLeafIsAnError() {
    let x = graph.input("x", [3])
    do {
      _ = try checkGradients(of: x.sum(), along: [2 * x], at: bindings)
      Issue.record("passed")
    } catch {
      #expect(
        error.description
          == "error[not-a-parameter]: a gradient check needs parameters that are bound leaves")
    }
  }
}
