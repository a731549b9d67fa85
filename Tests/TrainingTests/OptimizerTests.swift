import RankineCompiler
import RankineGraph
import RankineRuntime
import Testing

@testable import RankineTraining

/// The rules on the loss ½‖w − a‖², whose gradient is w − a.
struct OptimizerTests {
  /// Runs a rule from w = (3, 4) with a = 0 and returns w after each step.
  private func run(
    _ rule: any OptimizerRule, steps: Int, decay: Double = 0, threshold: Double? = nil
  ) throws -> [[Double]] {
    let graph = Graph()
    let w = graph.input("w", [2, 1])
    var builder = StepBuilder(graph: graph)
    let prox = threshold.map { strength in
      { (moved: Tensor, size: Tensor) -> Tensor in
        moved * maximum(1 - size * strength / moved.norm(), 0)
      }
    }
    rule.move(Movement(name: "w", value: w, gradient: w, decay: decay, prox: prox), in: &builder)
    let storage = Storage<Double>()
    storage.set("w", [3, 4], extents: [2, 1])
    storage.set(StepLeaf.rate, 0.1)
    for leaf in builder.state {
      storage.declare(leaf.name, extents: leaf.extents)
    }
    for name in [StepLeaf.correction1, StepLeaf.correction2] { storage.set(name, 0) }
    let executable = try compile(Program("step", graph: graph, updates: builder.updates))
      .bind([:], storage: storage, pool: ThreadPool(threads: 1))
    var clock = AdamClock()
    return (0..<steps).map { _ in
      clock.advance()
      storage.set(StepLeaf.correction1, clock.correction1)
      storage.set(StepLeaf.correction2, clock.correction2)
      executable.run()
      return storage.values("w")
    }
  }

  private func expect(_ values: [Double], _ wanted: [Double], within tolerance: Double = 1e-7) {
    for (value, wanted) in zip(values, wanted) {
      #expect(abs(value - wanted) <= tolerance, "\(values)")
    }
  }

  @Test func gradientDescentGoesAgainstTheGradientAndDecays() throws {
    expect(try run(GradientDescentRule(), steps: 1)[0], [2.7, 3.6])
    // 3 − 0.1·3 − 0.1·0.5·3
    expect(try run(GradientDescentRule(), steps: 1, decay: 0.5)[0], [2.55, 3.4])
    // The step ends at (2.7, 3.6) of norm 4.5; a threshold of 0.1·9 leaves 3.6/4.5 of it.
    expect(try run(GradientDescentRule(), steps: 1, threshold: 9)[0], [2.16, 2.88])
  }

  @Test func elementwiseAdamMovesEveryEntryByTheRateAtFirst() throws {
    let steps = try run(AdamRule(sharesMoment: false), steps: 2)
    expect(steps[0], [2.9, 3.9])
    // m = .9·.3 + .1·2.9 = .56, m̂ = .56/.19; v = .999·.009 + .001·8.41, v̂ = v/.001999.
    let first = (0.9 * 0.3 + 0.1 * 2.9) / 0.19
    let second = ((0.999 * 0.009 + 0.001 * 2.9 * 2.9) / 0.001999).squareRoot()
    expect([steps[1][0]], [2.9 - 0.1 * first / second])
  }

  @Test func elementwiseAdamShrinksByTheRateTimesTheStrength() throws {
    // From (2.9, 3.9) of norm 4.86; threshold 0.1·10.
    let factor = 1 - 1 / (2.9 * 2.9 + 3.9 * 3.9).squareRoot()
    expect(
      try run(AdamRule(sharesMoment: false), steps: 1, threshold: 10)[0],
      [2.9 * factor, 3.9 * factor])
  }

  @Test func theSharedMomentKeepsTheDirectionOfTheGradient() throws {
    // √v̂ is the root mean square of (3, 4), √12.5; the step size .1/√12.5 is also the threshold's.
    let size = 0.1 / 12.5.squareRoot()
    let moved = [3 - size * 3, 4 - size * 4]
    let norm = (moved[0] * moved[0] + moved[1] * moved[1]).squareRoot()
    let factor = 1 - size * 20 / norm
    expect(
      try run(AdamRule(sharesMoment: true), steps: 1, threshold: 20)[0], moved.map { $0 * factor })
    // Without a penalty every entry has its own.
    expect(try run(AdamRule(sharesMoment: true), steps: 1)[0], [2.9, 3.9])
  }

  @Test func aLargeThresholdEndsInExactZeros() throws {
    #expect(try run(AdamRule(sharesMoment: true), steps: 1, threshold: 1e3)[0] == [0, 0])
  }
}
