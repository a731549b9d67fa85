import CRankineKernels

/// A tape bound to sizes and memory, ready to run any number of times.
///
/// A run allocates nothing and takes no lock. Results do not depend on the number of threads. It is
/// not safe to run it, or another program on the same storage, from two threads at a time.
package final class Executable<Scalar: KernelScalar> {
  private let tape: Tape
  private let memory: BindingMemory
  private let instructions: [BoundInstruction]
  private let outputs: [String: (base: UnsafeMutableRawPointer, count: Int)]
  let pool: ThreadPool
  private let seed: UInt64
  /// Bytes of intermediate results.
  package let workspaceByteCount: Int

  /// - Throws: `RuntimeError` when a dimension or a buffer is missing or has another size.
  package init(
    _ tape: Tape, extents: [String: Int], storage: Storage<Scalar>, pool: ThreadPool,
    seed: UInt64 = 1
  ) throws {
    let binder = try Binder(tape, extents: extents, storage: storage, threads: pool.threads)
    self.tape = tape
    memory = binder.memory
    instructions = try tape.instructions.map(binder.bind)
    outputs = tape.outputs.mapValues { (binder.bases[$0], binder.shapes[$0].reduce(1, *)) }
    workspaceByteCount = binder.workspaceByteCount
    self.pool = pool
    self.seed = seed
  }

  package var instructionCount: Int { instructions.count }

  package func run() {
    instructions.withUnsafeBufferPointer { list in
      for position in list.indices { run(list[position]) }
    }
  }

  func run(at position: Int) {
    run(instructions[position])
  }

  /// The tape, a line an instruction.
  var listing: [String] { tape.lines }

  package func output(_ name: String) -> [Scalar] {
    withOutput(name) { Array($0) }
  }

  package func withOutput<Result>(
    _ name: String, _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    guard let output = outputs[name] else { preconditionFailure("no output named \(name)") }
    return try body(
      UnsafeBufferPointer(
        start: output.base.assumingMemoryBound(to: Scalar.self), count: output.count))
  }

  // MARK: Instructions

  @inline(__always)
  private func run(_ instruction: BoundInstruction) {
    switch instruction {
    case .loop(let loop): run(loop)
    case .product(let product): run(product.pointee)
    case .gather(let g):
      rk_gather(
        Scalar.kernelType, g.outer, g.extent, g.inner, g.indices, g.count, g.source, g.result)
    case .scatterAdd(let g):
      rk_scatter_add(
        Scalar.kernelType, g.outer, g.extent, g.inner, g.indices, g.count, g.source, g.result)
    case .uniform(let draws):
      let counter = draws.counter.load(as: Scalar.self)
      rk_uniform(
        Scalar.kernelType, seed, draws.stream, UInt64(counter) &* UInt64(draws.count), draws.count,
        draws.result)
    case .pairSums(let sums): run(sums.pointee)
    case .rankSums(let sums): run(sums.pointee)
    }
  }

  private func run(_ loop: BoundLoop) {
    guard loop.chunk < loop.extent else { return rk_run_loop(loop.loop, 0, loop.extent) }
    pool.forEach(chunks: (loop.extent + loop.chunk - 1) / loop.chunk) { chunk in
      rk_run_loop(
        loop.loop, chunk * loop.chunk, min(loop.extent, (chunk + 1) * loop.chunk))
    }
  }

  private func run(_ product: BoundProduct) {
    let size = MemoryLayout<Scalar>.stride
    func multiply(lead: Int, part: Int, accumulate: Int32, scratch: Int) {
      let first = part * product.rowChunk
      let rows = min(product.m, first + product.rowChunk) - first
      let skip = first * (product.transposeA != 0 ? 1 : product.lda) * size
      rk_gemm(
        Scalar.kernelType, product.transposeA, product.transposeB, rows, product.n, product.k,
        product.a[lead] + skip, product.lda, product.b[lead], product.ldb,
        product.c[lead] + first * product.ldc * size, product.ldc, accumulate,
        product.scratch + scratch * product.scratchSize)
    }
    if product.sumsLead {
      pool.forEach(chunks: product.rowChunks) { part in
        for lead in 0..<product.leadCount {
          multiply(lead: lead, part: part, accumulate: lead == 0 ? 0 : 1, scratch: part)
        }
      }
    } else if product.rowChunks == 1 && product.m * product.n * product.k < 50_000 {
      for lead in 0..<product.leadCount {
        multiply(lead: lead, part: 0, accumulate: 0, scratch: lead)
      }
    } else {
      pool.forEach(chunks: product.leadCount * product.rowChunks) { chunk in
        multiply(
          lead: chunk / product.rowChunks, part: chunk % product.rowChunks, accumulate: 0,
          scratch: chunk)
      }
    }
  }
}
