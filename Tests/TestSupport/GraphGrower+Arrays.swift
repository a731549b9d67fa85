import RankineGraph

/// Operations that move elements or add them up.
extension GraphGrower {
  mutating func growUniform() {
    let counter = declare("counter", .scalar, .counter)
    keep(graph.uniform(shape(), stream: below(3), counter: counter), below: 1)
  }

  /// A product with transpositions, the second operand's leading axes equal, missing or of size one.
  mutating func growMatrixProduct() {
    let a = value([3, .batch, 5]) { $0.rank >= 2 }
    let shape = a.tensor.shape
    let (transposeA, transposeB) = (chance(0.5), chance(0.5))
    let inner = shape[shape.rank - (transposeA ? 2 : 1)]
    var lead = Array(shape.dimensions.dropLast(2))
    if !lead.isEmpty, chance(0.4) { lead[below(lead.count)] = 1 }
    if !lead.isEmpty, chance(0.3) { lead.removeFirst() }
    if shape.rank == 2, chance(0.3) { lead = [2] }
    let outer = pick(Self.dimensions)
    let other = Shape(lead + (transposeB ? [outer, inner] : [inner, outer]))
    let b = value(other) { $0 == other }
    let count = Double(inner.size(in: Self.largestExtents))
    let product = matmul(a.tensor, b.tensor, transposeA: transposeA, transposeB: transposeB)
    keep(product, below: a.bound * b.bound * count)
  }

  mutating func growReduction(_ op: Op) {
    let x = value([.sample, 3]) { $0.rank >= 1 }
    let shape = x.tensor.shape
    let axes = permutation(shape.rank).prefix(1 + below(shape.rank)).sorted()
    guard op == .sum else {
      // Nothing is the largest of nothing, which must not reach the products downstream.
      return keep(maximum(x.tensor.largest(over: axes), -2 * x.bound - 1), below: 2 * x.bound + 1)
    }
    let count = axes.reduce(1) { $0 * shape[$1].size(in: Self.largestExtents) }
    keep(x.tensor.sum(over: axes), below: x.bound * Double(count))
  }

  mutating func growBroadcast() {
    let x = pick(pool)
    let stretched = x.tensor.shape.dimensions.map { $0 == 1 ? pick(Self.dimensions) : $0 }
    let target = Shape((chance(0.5) ? [pick(Self.dimensions)] : []) + stretched)
    keep(x.tensor.broadcast(to: target), below: x.bound)
  }

  /// The axes in another order, row-major as they come, with an axis of size one somewhere.
  mutating func growReshape() {
    let x = pick(pool)
    let shape = x.tensor.shape
    var dimensions = permutation(shape.rank).map { shape[$0] }
    dimensions.insert(1, at: below(dimensions.count + 1))
    keep(x.tensor.reshaped(to: Shape(dimensions)), below: x.bound)
  }

  mutating func growTranspose() {
    let x = value([.batch, 1, 3]) { $0.rank >= 2 }
    keep(x.tensor.transposed(permutation(x.tensor.shape.rank)), below: x.bound)
  }

  mutating func growSlice() {
    let (x, axis) = valueWithFixedAxis()
    let extent = x.tensor.shape[axis].count ?? 1
    let count = 1 + below(extent)
    let start = below(extent - count + 1)
    keep(x.tensor.sliced(axis, from: start, count: count), below: x.bound)
  }

  mutating func growConcatenation() {
    let (x, axis) = valueWithFixedAxis()
    let other = pick((pool + [x]).filter { $0.tensor.shape == x.tensor.shape })
    let part = x.tensor.sliced(axis, from: 0, count: 1)
    let parts = [x.tensor, other.tensor * 0.5, part]
    keep(
      concatenate(permutation(3).map { parts[$0] }, along: axis), below: max(x.bound, other.bound))
  }

  mutating func growGather() {
    let x = value([.sample, 3]) { $0.rank >= 1 && $0.dimensions.contains { $0 != .batch } }
    let shape = x.tensor.shape
    let axis = pick(shape.dimensions.indices.filter { shape[$0] != .batch })
    let lengths: [Dimension] = shape[axis].count == nil ? [.batch] : [.batch, 3]
    let rows = declare("rows", [pick(lengths)], .index(below: shape[axis]))
    keep(x.tensor.gathered(by: rows, along: axis), below: x.bound)
  }

  mutating func growScatter() {
    let x = value([2, .batch]) { $0.dimensions.contains(.batch) }
    let axis = x.tensor.shape.dimensions.firstIndex(of: .batch) ?? 0
    let extent = pick([Dimension.sample, 5])
    let rows = declare("rows", [.batch], .index(below: extent))
    let count = Double(Dimension.batch.size(in: Self.largestExtents))
    keep(
      x.tensor.scatteredAdd(by: rows, along: axis, extent: extent), below: x.bound * count)
  }

  private mutating func valueWithFixedAxis() -> (value: Grown, axis: Int) {
    let x = value([.batch, 5]) { $0.dimensions.contains { $0.count != nil } }
    let shape = x.tensor.shape
    return (x, pick(shape.dimensions.indices.filter { shape[$0].count != nil }))
  }
}
