extension Tape {
  /// Bytes of the intermediate results of a run, without binding anything; those of scratch apart.
  ///
  /// - Throws: `RuntimeError` when a dimension has no size.
  package func workspaceByteCount(
    _ extents: [String: Int], elementSize: Int
  ) throws(RuntimeError) -> Int {
    var sizes: [Int] = []
    for buffer in buffers {
      var count = 1
      for extent in buffer.shape { count *= try extent.resolved(extents, in: name) }
      sizes.append(max(AlignedMemory.alignment, AlignedMemory.rounded(count * elementSize)))
    }
    return WorkspacePlan(self, sizes: sizes).byteCount
  }
}

extension TapeExtent {
  /// - Throws: `RuntimeError` (`unbound-dimension`) naming the program.
  func resolved(_ extents: [String: Int], in program: String) throws(RuntimeError) -> Int {
    switch self {
    case .fixed(let count): return count
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
