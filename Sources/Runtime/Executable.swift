import CRankineKernels

/// A tape bound to sizes and memory, ready to run any number of times.
///
/// A run allocates nothing and takes no lock. Results do not depend on the number of threads. It is
/// not safe to run it, or another program on the same storage, from two threads at a time.
package final class Executable<Scalar: KernelScalar> {
  let tape: Tape
  private let memory: BindingMemory
  let instructions: [BoundInstruction]
  private let buffers: [(base: UnsafeMutableRawPointer, count: Int)]
  /// For each gather that is not stored the buffer of which it takes rows.
  let gatheredFrom: [Int: Int]
  let pool: ThreadPool
  private let seed: UInt64
  /// Bytes of intermediate results.
  package let workspaceByteCount: Int
  /// Bytes that single instructions keep for themselves: packed panels, partial sums, factors.
  package let scratchByteCount: Int

  /// - Throws: `RuntimeError` when a dimension or a buffer is missing or has another size.
  package init(
    _ tape: Tape, extents: [String: Int], storage: Storage<Scalar>, pool: ThreadPool,
    seed: UInt64 = 1
  ) throws {
    let binder = try Binder(tape, extents: extents, storage: storage, threads: pool.threads)
    self.tape = tape
    memory = binder.memory
    instructions = try tape.instructions.map(binder.bind)
    buffers = binder.bases.enumerated().map { number, base in
      (base, binder.unstored.contains(number) ? 0 : binder.shapes[number].reduce(1, *))
    }
    gatheredFrom = binder.unstored.gathers.mapValues(\.source)
    workspaceByteCount = binder.workspaceByteCount
    scratchByteCount = binder.memory.scratchByteCount
    self.pool = pool
    self.seed = seed
  }

  package var instructionCount: Int { instructions.count }

  package func run() {
    flushingSubnormals {
      instructions.withUnsafeBufferPointer { list in
        for position in list.indices { run(list[position]) }
      }
    }
  }

  func run(at position: Int) {
    flushingSubnormals { run(instructions[position]) }
  }

  /// Numbers below the smallest normal one count as 0 in a run: a saturated loss has many such
  /// slopes, and a product takes several times as long with them.
  @inline(__always)
  private func flushingSubnormals(_ body: () -> Void) {
    let mode = rk_float_mode()
    rk_set_float_mode(rk_flushing_mode(mode))
    body()
    rk_set_float_mode(mode)
  }

  func contents(of buffer: Int) -> (base: UnsafeMutableRawPointer, count: Int) {
    buffers[buffer]
  }

  /// The tape, a line an instruction.
  var listing: [String] { tape.lines }

  package func output(_ name: String) -> [Scalar] {
    withOutput(name) { Array($0) }
  }

  package func withOutput<Result>(
    _ name: String, _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    guard let number = tape.outputs[name] else {
      preconditionFailure("no output named \(name)")
    }
    let output = buffers[number]
    return try body(
      UnsafeBufferPointer(
        start: output.base.assumingMemoryBound(to: Scalar.self), count: output.count))
  }

  // MARK: Instructions

  @inline(__always)
  private func run(_ instruction: BoundInstruction) {
    switch instruction {
    case .loop(let loop): run(loop)
    case .product(let product): run(product)
    case .gather(let gather):
      pool.forEach(chunks: gather.pointee.chunkCount, context: gather) { context, chunk in
        context.load(as: BoundGather.self).run(chunk)
      }
    case .scatterAdd(let g):
      rk_scatter_add(
        Scalar.kernelType, g.outer, g.extent, g.inner, g.indices, g.count, g.source, g.result)
    case .uniform(let draws):
      let counter = draws.counter.load(as: Scalar.self)
      rk_uniform(
        Scalar.kernelType, seed, draws.stream, UInt64(counter) &* UInt64(draws.count), draws.count,
        draws.result)
    case .pairSums(let sums): run(sums)
    case .rankSums(let sums): run(sums)
    }
  }

  private func run(_ loop: UnsafeMutablePointer<BoundLoop>) {
    pool.forEach(chunks: loop.pointee.chunkCount, context: loop) { context, chunk in
      context.load(as: BoundLoop.self).run(chunk)
    }
  }

  private func run(_ product: UnsafeMutablePointer<BoundProduct>) {
    let count = product.pointee.parts.chunkCount
    guard product.pointee.parts.isShared else {
      for chunk in 0..<count { product.pointee.run(chunk) }
      return
    }
    pool.forEach(chunks: count, context: product) { context, chunk in
      context.load(as: BoundProduct.self).run(chunk)
    }
  }
}
