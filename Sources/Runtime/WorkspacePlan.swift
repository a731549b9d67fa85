/// Where each workspace buffer lies: buffers whose lives do not overlap share memory, and a loop
/// writes over an operand that it is the last to read.
struct WorkspacePlan {
  /// Byte offsets of the workspace buffers; aliases and shared buffers have none.
  private(set) var offsets: [Int?]
  private(set) var byteCount = 0
  private var free: [(offset: Int, size: Int)] = []

  init(_ tape: Tape, sizes: [Int]) {
    offsets = Array(repeating: nil, count: tape.buffers.count)
    let lives = Lives(tape)
    var dying = Array(repeating: [Int](), count: tape.instructions.count)
    for (buffer, last) in lives.lastUse.enumerated() {
      if let last, last < tape.instructions.count { dying[last].append(buffer) }
    }
    for (position, instruction) in tape.instructions.enumerated() {
      let donors = lives.donors(at: position, instruction)
      for result in instruction.written.map(tape.root) where offsets[result] == nil {
        guard case .workspace = tape.buffers[result].home else { continue }
        if let donor = donors[result], let offset = offsets[donor], sizes[donor] == sizes[result],
          let place = dying[position].firstIndex(of: donor)
        {
          offsets[result] = offset
          dying[position].remove(at: place)
        } else {
          offsets[result] = allocate(sizes[result])
        }
      }
      for buffer in dying[position] {
        if let offset = offsets[buffer] { release(offset, sizes[buffer]) }
      }
    }
  }

  private mutating func allocate(_ size: Int) -> Int {
    let fitting = free.indices.filter { free[$0].size >= size }
    if let best = fitting.min(by: { free[$0].size < free[$1].size }) {
      let offset = free[best].offset
      free[best] = (offset + size, free[best].size - size)
      if free[best].size == 0 { free.remove(at: best) }
      return offset
    }
    defer { byteCount += size }
    return byteCount
  }

  private mutating func release(_ offset: Int, _ size: Int) {
    free.append((offset, size))
    free.sort { $0.offset < $1.offset }
    var merged: [(offset: Int, size: Int)] = []
    for piece in free {
      if let last = merged.last, last.offset + last.size == piece.offset {
        merged[merged.count - 1].size += piece.size
      } else {
        merged.append(piece)
      }
    }
    free = merged
  }
}

/// From which instruction to which each buffer must keep its memory.
private struct Lives {
  let tape: Tape
  var lastUse: [Int?]

  init(_ tape: Tape) {
    self.tape = tape
    lastUse = Array(repeating: nil, count: tape.buffers.count)
    for (position, instruction) in tape.instructions.enumerated() {
      for buffer in instruction.operands + instruction.written {
        lastUse[tape.root(buffer)] = position
      }
    }
    for buffer in tape.outputs.values { lastUse[tape.root(buffer)] = tape.instructions.count }
  }

  /// For each stored result of a loop an operand whose memory it may take.
  func donors(at position: Int, _ instruction: TapeInstruction) -> [Int: Int] {
    guard case .loop(let loop) = instruction else { return [:] }
    var donors: [Int: Int] = [:]
    var taken: Set<Int> = []
    /// Whether a view shows all of its buffer, element by element as the loop runs.
    func coversLoop(_ view: TapeView) -> Bool {
      view.isWhole && tape.buffers[view.buffer].shape == loop.extents
    }
    for output in loop.outputs where coversLoop(output.to) && output.combine.rawValue == 0 {
      let result = output.to.buffer
      for input in loop.inputs where coversLoop(input) {
        let donor = tape.root(input.buffer)
        let isOnlyReadInPlace = loop.inputs.allSatisfy {
          tape.root($0.buffer) != donor || coversLoop($0)
        }
        guard lastUse[donor] == position, isOnlyReadInPlace, !taken.contains(donor),
          case .workspace = tape.buffers[donor].home
        else { continue }
        donors[tape.root(result)] = donor
        taken.insert(donor)
        break
      }
    }
    return donors
  }
}

extension Tape {
  /// The buffer whose memory this one uses.
  package func root(_ buffer: Int) -> Int {
    var buffer = buffer
    while case .alias(let other) = buffers[buffer].home { buffer = other }
    return buffer
  }
}

extension TapeInstruction {
  /// The buffers read.
  package var operands: [Int] {
    switch self {
    case .loop(let loop): loop.inputs.map(\.buffer)
    case .product(let product):
      [product.a.buffer, product.b.buffer] + (product.closing?.operands.map(\.buffer) ?? [])
    case .gather(let gather), .scatterAdd(let gather): [gather.source, gather.indices]
    case .uniform(let draws): [draws.counter]
    case .pairSums(let pair): pair.rowInputs + pair.columnInputs + pair.scalarInputs
    case .rankSums(let rank): rank.rowInputs + rank.columnInputs
    }
  }

  /// The buffers written, those included that hold nothing whole in the end.
  package var written: [Int] {
    guard case .product(let product) = self, product.closing != nil else { return results }
    return results + [product.result]
  }

  /// The buffers that hold something in the end.
  package var results: [Int] {
    switch self {
    case .loop(let loop): loop.outputs.map(\.to.buffer)
    case .product(let product):
      product.closing?.loop.outputs.map(\.to.buffer) ?? [product.result]
    case .gather(let gather), .scatterAdd(let gather): [gather.result]
    case .uniform(let draws): [draws.result]
    case .pairSums(let pair): pair.outputs.map(\.result)
    case .rankSums(let rank): [rank.value, rank.rowSlope, rank.columnSlope].compactMap { $0 }
    }
  }
}
