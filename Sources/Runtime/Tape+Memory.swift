/// The intermediate results that one instruction keeps in the workspace.
package struct WorkspaceItem: Sendable {
  package var byteCount: Int
  /// The instruction's line in the listing.
  package let line: String
}

extension Tape {
  /// Bytes of the intermediate results of a run, without binding anything; those of scratch apart.
  ///
  /// - Throws: `RuntimeError` when a dimension has no size.
  package func workspaceByteCount(
    _ extents: [String: Int], elementSize: Int
  ) throws(RuntimeError) -> Int {
    WorkspacePlan(self, sizes: try bufferSizes(extents, elementSize: elementSize)).byteCount
  }

  /// What each instruction keeps in the workspace, largest first. Results that are not needed at the
  /// same time share places, so that together they are larger than the workspace.
  ///
  /// - Throws: `RuntimeError` when a dimension has no size.
  package func workspaceItems(
    _ extents: [String: Int], elementSize: Int
  ) throws(RuntimeError) -> [WorkspaceItem] {
    let sizes = try bufferSizes(extents, elementSize: elementSize)
    let plan = WorkspacePlan(self, sizes: sizes)
    let lines = lines
    var isCounted: Set<Int> = []
    var items: [WorkspaceItem] = []
    for (position, instruction) in instructions.enumerated() {
      var item = WorkspaceItem(byteCount: 0, line: lines[position])
      for buffer in instruction.written.map(root)
      where plan.offsets[buffer] != nil && isCounted.insert(buffer).inserted {
        item.byteCount += sizes[buffer]
      }
      if item.byteCount > 0 { items.append(item) }
    }
    // Of equal size, in the order of the tape.
    return items.enumerated().sorted {
      ($1.element.byteCount, $0.offset) < ($0.element.byteCount, $1.offset)
    }.map(\.element)
  }

  /// Bytes of each buffer, as the workspace lays it out.
  func bufferSizes(
    _ extents: [String: Int], elementSize: Int
  ) throws(RuntimeError) -> [Int] {
    let unstored = try UnstoredResults(self, extents, elementSize: elementSize)
    var sizes: [Int] = []
    for buffer in buffers.indices {
      let count = unstored.contains(buffer) ? 0 : try elementCount(of: buffer, extents)
      sizes.append(max(AlignedMemory.alignment, AlignedMemory.rounded(count * elementSize)))
    }
    return sizes
  }

  func elementCount(
    of buffer: Int, _ extents: [String: Int]
  ) throws(RuntimeError) -> Int {
    var count = 1
    for extent in buffers[buffer].shape { count *= try extent.resolved(extents, in: name) }
    return count
  }
}

extension TapeExtent {
  /// - Throws: `RuntimeError` (`unbound-dimension`) naming the program.
  func resolved(_ extents: [String: Int], in program: String) throws(RuntimeError) -> Int {
    switch self {
    case .fixed(let count): return count
    case .multiple(let factor, let name):
      return factor * (try TapeExtent.named(name).resolved(extents, in: program))
    case .named(let name):
      guard let count = extents[name] else {
        throw RuntimeError(
          "unbound-dimension", at: program, "dimension \"\(name)\" has no size",
          hint: "bind it when the program is bound")
      }
      return count
    }
  }
}
