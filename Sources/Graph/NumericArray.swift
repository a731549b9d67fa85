/// Numbers with a shape, row-major, in Double: what the reference interpreter computes with.
package struct NumericArray: Equatable, Sendable {
  package var extents: [Int]
  package var values: [Double]

  package init(_ extents: [Int], _ values: [Double]) {
    precondition(extents.reduce(1, *) == values.count, "\(extents) for \(values.count) values")
    (self.extents, self.values) = (extents, values)
  }

  package init(repeating value: Double, _ extents: [Int]) {
    self.init(extents, Array(repeating: value, count: extents.reduce(1, *)))
  }

  package init(_ scalar: Double) {
    self.init([], [scalar])
  }

  package init(_ extents: [Int], _ value: (_ index: [Int]) -> Double) {
    self.extents = extents
    values = []
    values.reserveCapacity(extents.reduce(1, *))
    forEachIndex(in: extents) { values.append(value($0)) }
  }

  package subscript(index: [Int]) -> Double {
    get { values[position(index)] }
    set { values[position(index)] = newValue }
  }

  /// Reads with axes aligned at the right, an axis of size one or a missing one standing for any.
  package func stretched(at index: [Int]) -> Double {
    let skipped = index.count - extents.count
    return self[extents.indices.map { extents[$0] == 1 ? 0 : index[$0 + skipped] }]
  }

  private func position(_ index: [Int]) -> Int {
    var position = 0
    for (axis, extent) in extents.enumerated() { position = position * extent + index[axis] }
    return position
  }
}

/// Visits every index in row-major order; once, with no index, for a scalar.
package func forEachIndex(in extents: [Int], _ visit: (_ index: [Int]) -> Void) {
  guard !extents.contains(0) else { return }
  var index = Array(repeating: 0, count: extents.count)
  while true {
    visit(index)
    var axis = extents.count - 1
    while axis >= 0, index[axis] == extents[axis] - 1 {
      index[axis] = 0
      axis -= 1
    }
    if axis < 0 { return }
    index[axis] += 1
  }
}
