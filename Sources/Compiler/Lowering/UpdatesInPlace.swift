import CRankineKernels
import RankineRuntime

extension Tape {
  /// Lets the instruction that computes a leaf's new value write it to the leaf, where nobody reads
  /// the old value later, instead of copying it at the end.
  mutating func writeUpdatesInPlace() {
    var position = 0
    var uses = instructions.map { Uses(of: $0, in: self) }
    while position < instructions.count {
      if let (value, leaf) = update(at: position),
        canReplace(value, by: leaf, copiedAt: position, uses)
      {
        remove(at: position)
        replace(value, by: leaf)
        uses.remove(at: position)
        for other in uses.indices { uses[other].replace(value, by: leaf) }
      } else {
        position += 1
      }
    }
  }

  /// The buffers of a plain copy from the workspace to the storage.
  private func update(at position: Int) -> (value: Int, leaf: Int)? {
    guard case .loop(let loop) = instructions[position], loop.code.isEmpty, loop.inputs.count == 1,
      loop.inputs[0].isWhole, loop.outputs.count == 1, loop.outputs[0].to.isWhole,
      case .storage = buffers[loop.outputs[0].to.buffer].home,
      case .workspace = buffers[loop.inputs[0].buffer].home,
      buffers[loop.inputs[0].buffer].shape == buffers[loop.outputs[0].to.buffer].shape
    else { return nil }
    return (loop.inputs[0].buffer, loop.outputs[0].to.buffer)
  }

  private func canReplace(
    _ value: Int, by leaf: Int, copiedAt position: Int, _ uses: [Uses]
  ) -> Bool {
    let writers = uses.indices.filter { uses[$0].results.contains(value) }
    guard writers.count == 1, let writer = writers.first else { return false }
    for (other, use) in uses.enumerated() where other != position {
      if use.results.contains(leaf) { return false }
      guard use.operands.contains(leaf) else { continue }
      if other > writer || (other == writer && !readsInPlace(instructions[other], leaf, value)) {
        return false
      }
    }
    return true
  }

  /// Whether a loop reads the leaf only where it writes the value.
  private func readsInPlace(_ instruction: TapeInstruction, _ leaf: Int, _ value: Int) -> Bool {
    guard case .loop(let loop) = instruction else { return false }
    let reads = loop.inputs.filter { root($0.buffer) == leaf }
    let writes = loop.outputs.filter { $0.to.buffer == value }
    return reads.allSatisfy { $0.buffer == leaf && $0.isWhole }
      && writes.allSatisfy { $0.to.isWhole && $0.combine == RK_STORE }
  }

  private mutating func replace(_ value: Int, by leaf: Int) {
    for position in instructions.indices { instructions[position].replace(value, by: leaf) }
    for buffer in buffers.indices where buffers[buffer].home == .alias(of: value) {
      buffers[buffer].home = .alias(of: leaf)
    }
    for (name, buffer) in outputs where buffer == value { outputs[name] = leaf }
  }
}

/// The memory that an instruction writes and reads: buffers that are no aliases.
private struct Uses {
  var results: [Int]
  var operands: [Int]

  init(of instruction: TapeInstruction, in tape: Tape) {
    results = instruction.results.map(tape.root)
    operands = instruction.operands.map(tape.root)
  }

  mutating func replace(_ old: Int, by new: Int) {
    for i in results.indices where results[i] == old { results[i] = new }
    for i in operands.indices where operands[i] == old { operands[i] = new }
  }
}

extension TapeInstruction {
  fileprivate mutating func replace(_ old: Int, by new: Int) {
    func moved(_ buffer: Int) -> Int { buffer == old ? new : buffer }
    switch self {
    case .loop(var loop):
      for i in loop.inputs.indices { loop.inputs[i].buffer = moved(loop.inputs[i].buffer) }
      for i in loop.outputs.indices { loop.outputs[i].to.buffer = moved(loop.outputs[i].to.buffer) }
      self = .loop(loop)
    case .product(var product):
      product.a.buffer = moved(product.a.buffer)
      product.b.buffer = moved(product.b.buffer)
      product.result = moved(product.result)
      self = .product(product)
    case .gather(var gather):
      (gather.source, gather.result) = (moved(gather.source), moved(gather.result))
      self = .gather(gather)
    case .scatterAdd(var gather):
      (gather.source, gather.result) = (moved(gather.source), moved(gather.result))
      self = .scatterAdd(gather)
    case .uniform(var draws):
      (draws.counter, draws.result) = (moved(draws.counter), moved(draws.result))
      self = .uniform(draws)
    case .pairSums(var sums):
      sums.rowInputs = sums.rowInputs.map(moved)
      sums.columnInputs = sums.columnInputs.map(moved)
      sums.scalarInputs = sums.scalarInputs.map(moved)
      for i in sums.outputs.indices { sums.outputs[i].result = moved(sums.outputs[i].result) }
      self = .pairSums(sums)
    case .rankSums(var sums):
      sums.rowInputs = sums.rowInputs.map(moved)
      sums.columnInputs = sums.columnInputs.map(moved)
      sums.value = sums.value.map(moved)
      sums.rowSlope = sums.rowSlope.map(moved)
      sums.columnSlope = sums.columnSlope.map(moved)
      self = .rankSums(sums)
    }
  }
}
