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

  /// The longest axis along which every combined output moves, so that it may be cut.
  func chunkAxis(combinedStreams: [Int]) -> Int? {
    extents.indices
      .filter { axis in combinedStreams.allSatisfy { strides[$0][axis] != 0 } }
      .max { extents[$0] < extents[$1] }
  }
}
