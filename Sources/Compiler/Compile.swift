import Foundation
import RankineGraph
import RankineRuntime

/// A tape and how it came about.
package struct CompiledProgram: Sendable {
  package let tape: Tape
  package let stages: [CompilerStage]

  /// Binds the tape to sizes and memory.
  ///
  /// - Throws: `RuntimeError` when a dimension or a buffer is missing or has another size.
  package func bind<Scalar: KernelScalar>(
    _ extents: [String: Int], storage: Storage<Scalar>, pool: ThreadPool, seed: UInt64 = 1
  ) throws -> Executable<Scalar> {
    try Executable(tape, extents: extents, storage: storage, pool: pool, seed: seed)
  }
}

/// What one stage of the compiler made, for listings.
package struct CompilerStage: Sendable {
  package let name: String
  package let milliseconds: Double
  package let instructionCount: Int
  /// The program as text, kept only on request.
  package let text: String?
}

/// The passes in their order. Pair bodies are simplified with the graph around them, before the
/// parts of a body that do not vary along a pair are moved out; what that makes is simplified again.
private let pipeline: [any Pass] = [
  Simplification(),
  PairInvariants(),
  Simplification(),
]

/// Compiles a program to a tape: passes over the graph, then lowering.
///
/// - Parameter keepsText: whether each stage's result is kept as text, for `inspect`.
/// - Throws: `GraphError` when the graph does not fit together.
package func compile(
  _ program: Program, keepsText: Bool = false
) throws(GraphError) -> CompiledProgram {
  try program.graph.check()
  var program = program
  var stages: [CompilerStage] = []
  var clock = StageClock()
  for pass in pipeline {
    program = try pass.run(program)
    #if DEBUG
      try Verifier.verify(program.graph, after: type(of: pass).name)
    #endif
    stages.append(
      CompilerStage(
        name: type(of: pass).name, milliseconds: clock.lap(),
        instructionCount: program.graph.nodes.count,
        text: keepsText ? listing(program) : nil))
  }
  let plan = FusionPlan(program)
  var tape = try Lowering(program, plan).lowered()
  tape.writeUpdatesInPlace()
  // The last rewrite: no other looks into what a product closes with.
  tape.closeProducts()
  stages.append(
    CompilerStage(
      name: "lowering", milliseconds: clock.lap(), instructionCount: tape.instructions.count,
      text: keepsText ? tape.listing : nil))
  return CompiledProgram(tape: tape, stages: stages)
}

private func listing(_ program: Program) -> String {
  let updates = program.updates.map {
    (name: "new " + $0.leaf.node.attribute.label, value: $0.value)
  }
  return Printer(program.outputs + updates, of: program.graph).text
}

private struct StageClock {
  private var last = ContinuousClock.now

  mutating func lap() -> Double {
    let now = ContinuousClock.now
    defer { last = now }
    return (now - last) / .milliseconds(1)
  }
}
