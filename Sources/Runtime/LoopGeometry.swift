/// The index space of a loop after axes that lie one behind the other everywhere were joined.
struct LoopGeometry {
  private(set) var extents: [Int]
  /// Strides of each stream along each axis.
  private(set) var strides: [[Int]]

  init(extents: [Int], strides: [[Int]]) {
    let kept = extents.indices.filter { extents[$0] != 1 }
    self.extents = kept.map { extents[$0] }
    self.strides = strides.map { stream in kept.map { stream[$0] } }
    var axis = self.extents.count - 2
    while axis >= 0 {
      if self.strides.allSatisfy({ $0[axis] == $0[axis + 1] * self.extents[axis + 1] }) {
        self.extents[axis] *= self.extents[axis + 1]
        self.extents.remove(at: axis + 1)
        for stream in self.strides.indices {
          self.strides[stream].remove(at: axis)
        }
      }
      axis -= 1
    }
    if self.extents.isEmpty {
      self.extents = [1]
      self.strides = self.strides.map { _ in [0] }
    }
  }

  /// The axis that may be cut, as every combined output moves along it: the outermost that is long
  /// enough for many chunks, as those then lie one behind the other, or else the longest.
  func chunkAxis(combinedStreams: [Int]) -> Int? {
    let allowed = extents.indices.filter { axis in
      combinedStreams.allSatisfy { strides[$0][axis] != 0 }
    }
    return allowed.first { extents[$0] >= Self.manyChunks }
      ?? allowed.max { extents[$0] < extents[$1] }
  }

  /// Positions along an axis that one chunk covers, for about as many chunks as wanted; along the
  /// innermost axis whole cache lines, and of long rows parts of some pages, since every row is then
  /// read in as many pieces.
  func chunk(of axis: Int, wanted: Int) -> Int {
    let chunk = (extents[axis] + wanted - 1) / max(1, wanted)
    guard axis == extents.count - 1 else { return chunk }
    let unit = axis > 0 && extents[axis] >= 2 * Self.longPart ? Self.longPart : 64
    return (chunk + unit - 1) / unit * unit
  }

  private static let longPart = 1024

  private static let manyChunks = 16
}
