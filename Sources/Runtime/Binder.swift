import CRankineKernels

/// Turns a tape into a bound one: sizes become numbers, buffers addresses.
struct Binder<Scalar: KernelScalar> {
  let tape: Tape
  let extents: [String: Int]
  let storage: Storage<Scalar>
  let threads: Int
  let memory = BindingMemory()
  private(set) var shapes: [[Int]] = []
  private(set) var bases: [UnsafeMutableRawPointer] = []
  private(set) var workspaceByteCount = 0
  let unstored: UnstoredResults

  /// - Throws: `RuntimeError` when a dimension or a buffer is missing or has another size.
  init(_ tape: Tape, extents: [String: Int], storage: Storage<Scalar>, threads: Int) throws {
    (self.tape, self.extents, self.storage, self.threads) = (tape, extents, storage, threads)
    let elementSize = MemoryLayout<Scalar>.stride
    unstored = try UnstoredResults(tape, extents, elementSize: elementSize)
    shapes = try tape.buffers.map { try $0.shape.map(resolve) }
    let sizes = try tape.bufferSizes(extents, elementSize: elementSize)
    let plan = WorkspacePlan(tape, sizes: sizes)
    let workspace = AlignedMemory(byteCount: plan.byteCount)
    memory.keep(workspace)
    workspaceByteCount = plan.byteCount
    // A value that is written in place of a leaf can have an alias made before the leaf's buffer.
    let owners = try tape.buffers.enumerated().map { number, buffer in
      try address(of: buffer, number, plan, workspace)
    }
    bases = try owners.indices.map { number in
      guard let base = owners[tape.root(number)] else {
        throw RuntimeError("unbound-input", at: tape.name, "buffer \(number) has no memory")
      }
      return base
    }
  }

  func resolve(_ extent: TapeExtent) throws -> Int {
    try extent.resolved(extents, in: tape.name)
  }

  /// Where a buffer's own memory begins; nil for an alias.
  private func address(
    of buffer: TapeBuffer, _ number: Int, _ plan: WorkspacePlan, _ workspace: AlignedMemory
  ) throws -> UnsafeMutableRawPointer? {
    switch buffer.home {
    case .workspace: return workspace.base + (plan.offsets[number] ?? 0)
    case .alias: return nil
    case .storage(let name):
      return try checked(storage.memory(name), name, shapes[number])
    case .indices(let name):
      return try checked(
        storage.indexMemory(name, count: shapes[number].reduce(1, *)), name, shapes[number])
    }
  }

  private func checked(
    _ found: (memory: AlignedMemory, extents: [Int])?, _ name: String, _ shape: [Int]
  ) throws -> UnsafeMutableRawPointer {
    guard let found else {
      throw RuntimeError("unbound-input", at: tape.name, "\"\(name)\" has no value")
    }
    guard found.extents == shape else {
      throw RuntimeError(
        "shape-mismatch", at: tape.name, "\"\(name)\" is \(found.extents), expected \(shape)")
    }
    memory.keep(found.memory)
    return found.memory.base
  }

  // MARK: Views

  func strides(of buffer: Int) -> [Int] {
    var strides: [Int] = [], size = 1
    for extent in shapes[buffer].reversed() {
      strides.append(size)
      size *= extent
    }
    return strides.reversed()
  }

  /// The address of the first element seen, and the stride along each axis of the view.
  func stream(_ view: TapeView) -> (base: UnsafeMutableRawPointer, strides: [Int]) {
    let own = strides(of: view.buffer)
    let start = zip(view.starts, own).map { $0 * $1 }.reduce(0, +)
    return (
      bases[view.buffer] + start * MemoryLayout<Scalar>.stride,
      view.axes.map { axis in axis.map { shapes[view.buffer][$0] == 1 ? 0 : own[$0] } ?? 0 }
    )
  }

  // MARK: Instructions

  func bind(_ instruction: TapeInstruction) throws -> BoundInstruction {
    switch instruction {
    case .loop(let loop): .loop(memory.place(try bind(loop)))
    case .product(let product): .product(memory.place(try bind(product)))
    case .gather(let gather): .gather(memory.place(bind(gather, extent: shapes[gather.source])))
    case .scatterAdd(let gather): .scatterAdd(bind(gather, extent: shapes[gather.result]))
    case .uniform(let draws):
      .uniform(
        BoundDraws(
          stream: UInt64(draws.stream), count: shapes[draws.result].reduce(1, *),
          counter: UnsafeRawPointer(bases[draws.counter]), result: bases[draws.result]))
    case .pairSums(let pair): .pairSums(memory.place(try bind(pair)))
    case .rankSums(let rank): .rankSums(memory.place(try bind(rank)))
    }
  }

  private func bind(_ gather: TapeGather, extent: [Int]) -> BoundGather {
    BoundGather(
      type: Scalar.kernelType, elementSize: MemoryLayout<Scalar>.stride,
      outer: extent[..<gather.axis].reduce(1, *), extent: extent[gather.axis],
      inner: extent[(gather.axis + 1)...].reduce(1, *),
      count: unstored.contains(gather.result) ? 0 : shapes[gather.indices][0],
      indices: UnsafePointer(bases[gather.indices].assumingMemoryBound(to: Int32.self)),
      source: UnsafeRawPointer(bases[gather.source]), result: bases[gather.result])
  }

  /// Passes over an element that take over twenty microseconds: fewer are not shared, for the reason
  /// that `ProductParts` gives.
  private static var fewestSharedPasses: Int { 600_000 }

  private func bind(_ loop: TapeLoop) throws -> BoundLoop {
    let inputs = loop.inputs.map(stream), outputs = loop.outputs.map { stream($0.to) }
    let geometry = LoopGeometry(
      extents: try loop.extents.map(resolve), strides: (inputs + outputs).map(\.strides))
    guard geometry.extents.count <= Int(RK_MAX_RANK) else {
      throw RuntimeError(
        "too-many-axes", at: tape.name, "a loop runs over \(geometry.extents.count) axes")
    }
    let combined = loop.outputs.indices.filter { loop.outputs[$0].combine != RK_STORE }
    let axis = geometry.chunkAxis(combinedStreams: combined.map { inputs.count + $0 })
    let streams = zip((inputs + outputs).map(\.base), geometry.strides).map(Self.kernelStream)
    var bound = try kernelLoop(loop, over: geometry.extents, streams)
    bound.chunk_axis = Int32(axis ?? 0)
    let extent = geometry.extents[axis ?? 0]
    // Passes over an element; a chunk of so many takes about five microseconds.
    let passes = geometry.extents.reduce(1, *) * (loop.code.count + inputs.count + outputs.count)
    let isLong = axis != nil && passes >= Self.fewestSharedPasses
    let chunks = isLong ? max(1, min(extent, passes / 131_072, 8 * threads)) : 1
    return BoundLoop(
      loop: memory.place(bound), extent: extent,
      chunk: threads == 1 || chunks == 1 ? extent : geometry.chunk(of: axis ?? 0, wanted: chunks))
  }

  /// The loop that a product closes with, over its leading axis, its rows and its columns.
  func bind(closing loop: TapeLoop) throws -> UnsafeMutablePointer<rk_loop> {
    let missing = 3 - loop.extents.count
    let extents = Array(repeating: 1, count: missing) + (try loop.extents.map(resolve))
    let streams = (loop.inputs + loop.outputs.map(\.to)).map { view in
      let (base, strides) = stream(view)
      return Self.kernelStream(base, Array(repeating: 0, count: missing) + strides)
    }
    return memory.place(try kernelLoop(loop, over: extents, streams))
  }

  /// The loop over the given extents with the given streams of its inputs and outputs.
  private func kernelLoop(
    _ loop: TapeLoop, over extents: [Int], _ streams: [rk_stream]
  ) throws -> rk_loop {
    var bound = rk_loop()
    bound.type = Int32(Scalar.kernelType.rawValue)
    bound.rank = Int32(extents.count)
    withUnsafeMutableBytes(of: &bound.extent) { bytes in
      bytes.copyBytes(from: extents.withUnsafeBytes { Array($0) })
    }
    bound.input_count = Int32(loop.inputs.count)
    bound.constant_count = Int32(loop.constants.count)
    bound.instruction_count = Int32(loop.code.count)
    bound.output_count = Int32(loop.outputs.count)
    bound.slot_count = Int32(loop.slotCount)
    bound.inputs = UnsafePointer(memory.place(Array(streams.prefix(loop.inputs.count))))
    bound.constants = UnsafePointer(memory.place(try loop.constants.map(number)))
    bound.instructions = UnsafePointer(memory.place(loop.code))
    bound.outputs = UnsafePointer(
      memory.place(
        zip(streams.dropFirst(loop.inputs.count), loop.outputs).map { to, output in
          rk_output(
            to: to, value: UInt16(output.value), combine: UInt16(output.combine.rawValue),
            factor: UInt16(output.factor))
        }))
    return bound
  }

  private func number(_ constant: TapeConstant) throws -> Double {
    switch constant {
    case .number(let bits): Double(bitPattern: bits)
    case .extent(let extent): Double(try resolve(extent))
    }
  }

  private static func kernelStream(_ base: UnsafeMutableRawPointer, _ strides: [Int]) -> rk_stream {
    var stream = rk_stream()
    stream.base = base
    withUnsafeMutableBytes(of: &stream.stride) { bytes in
      bytes.copyBytes(from: strides.withUnsafeBytes { Array($0) })
    }
    return stream
  }
}
