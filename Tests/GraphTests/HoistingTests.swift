import RankineGraph
import Testing

struct HoistingTests {
  /// What does not depend on w is computed once: x·x summed, and not its broadcast.
  @Test func whatStaysTheSameIsReadFromALeaf() throws {
    let graph = Graph()
    let x = graph.input("x", [3]), w = graph.input("w", [3])
    let kept = (x * x).sum()
    let value = (w * kept.broadcast(to: [3])).sum() + 2
    let split = graph.hoisted([value, x], changing: [w], prefix: "kept")
    #expect(split.hoisted.count == 1 && split.hoisted[0].value == kept)
    let leaves = [
      "x": NumericArray([3], [1, 2, 3]), "w": NumericArray([3], [1, 0, -2]),
      "kept.0": NumericArray(14),
    ]
    let before = try Interpreter(Bindings(leaves)).evaluate(value).values
    let after = try Interpreter(Bindings(leaves)).evaluate(split.values[0]).values
    #expect(before == after && before == [-12])
    #expect(split.values[1] == x)
  }

  @Test func constantsAndDrawsStayWhereTheyAre() {
    let graph = Graph()
    let w = graph.input("w", .scalar), step = graph.input("step", .scalar)
    let value = w * exp(graph.constant(2)) + graph.uniform(.scalar, stream: 1, counter: step)
    #expect(graph.hoisted([value], changing: [w], prefix: "kept").hoisted.isEmpty)
  }
}
