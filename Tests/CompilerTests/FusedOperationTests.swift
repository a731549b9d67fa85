import CRankineKernels
import RankineRuntime
import Testing

@testable import RankineCompiler
@testable import RankineGraph

/// Pairs of operations that become one instruction.
struct FusedOperationTests {
  private func operations(_ outputs: [(name: String, value: Tensor)]) throws -> [[UInt16]] {
    let program = Program("fused", graph: outputs[0].value.graph, outputs: outputs)
    return try compile(program).tape.instructions.compactMap { instruction in
      guard case .loop(let loop) = instruction else { return nil }
      return loop.code.map(\.op)
    }
  }

  private func codes(_ operations: rk_opcode...) -> [UInt16] {
    operations.map { UInt16($0.rawValue) }
  }

  @Test func aRunningMeanIsOneInstruction() throws {
    let graph = Graph()
    let m = graph.input("m", [.batch]), g = graph.input("g", [.batch])
    let mean: Tensor = 0.9 * m + 0.1 * g
    let found = try operations([("mean", mean)])
    #expect(found == [codes(RK_ADD_PRODUCTS)])
  }

  @Test func aValueThatIsReadTwiceOrStoredStaysAnInstruction() throws {
    let graph = Graph()
    let x = graph.input("x", [.batch]), y = graph.input("y", [.batch])
    let product = x * y
    let ratio: Tensor = (product + x) / product
    let twice = try operations([("ratio", ratio)])
    #expect(twice == [codes(RK_MULTIPLY, RK_ADD, RK_DIVIDE)])
    let sum: Tensor = product + x
    let stored = try operations([("product", product), ("sum", sum)])
    #expect(stored == [codes(RK_MULTIPLY, RK_ADD)])
  }

  @Test func whatIsTheSameAllAlongARowIsNotComputedForEachElement() throws {
    let graph = Graph()
    let x = graph.input("x", [4, .batch]), a = graph.input("a", [4, 1])
    let b = graph.input("b", [4, 1])
    let scale: Tensor = a.broadcast(to: x.shape) * b.broadcast(to: x.shape)
    let scaled: Tensor = x * scale
    let found = try operations([("scaled", scaled)])
    #expect(!found.joined().contains(UInt16(RK_MULTIPLY_TWICE.rawValue)))
  }
}
