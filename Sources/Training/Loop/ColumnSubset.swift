import RankineRuntime

/// Some columns of arrays whose last axis has more of them.
struct ColumnSubset: Equatable {
  /// Ascending.
  let columns: [Int]
  /// How many columns there are in all.
  let width: Int

  /// The chosen columns of an array, row by row.
  func gather<Scalar: KernelScalar>(
    _ source: UnsafePointer<Scalar>, rowCount: Int, into target: UnsafeMutablePointer<Scalar>
  ) {
    columns.withUnsafeBufferPointer { columns in
      for row in 0..<rowCount {
        let (from, to) = (source + row * width, target + row * columns.count)
        for position in columns.indices { to[position] = from[columns[position]] }
      }
    }
  }

  /// Puts chosen columns back into the places that they have among all; the others stay as they are.
  func scatter<Scalar: KernelScalar>(
    _ source: UnsafePointer<Scalar>, rowCount: Int, into target: UnsafeMutablePointer<Scalar>
  ) {
    columns.withUnsafeBufferPointer { columns in
      for row in 0..<rowCount {
        let (from, to) = (source + row * columns.count, target + row * width)
        for position in columns.indices { to[columns[position]] = from[position] }
      }
    }
  }

  /// An array with the chosen columns in their places and zeros elsewhere.
  func widened(_ values: [Double]) -> [Double] {
    guard !columns.isEmpty else { return [] }
    let rowCount = values.count / columns.count
    var wide = [Double](repeating: 0, count: rowCount * width)
    wide.withUnsafeMutableBufferPointer { target in
      values.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        scatter(from, rowCount: rowCount, into: to)
      }
    }
    return wide
  }
}

extension Storage {
  /// Gives a narrow storage the present values of this one: arrays of equal extents as they are, those
  /// whose last axis is the features' with the chosen columns.
  func narrow(into target: Storage<Scalar>, _ subset: ColumnSubset) {
    forEachSharedBuffer(with: target, subset) { from, to, isNarrowed in
      guard let source = from.baseAddress, let base = to.baseAddress else { return }
      if isNarrowed {
        subset.gather(source, rowCount: from.count / subset.width, into: base)
      } else {
        base.update(from: source, count: from.count)
      }
    }
  }

  /// Takes the values of a narrow storage back; columns that it does not have stay as they are.
  func widen(from source: Storage<Scalar>, _ subset: ColumnSubset) {
    forEachSharedBuffer(with: source, subset) { to, from, isNarrowed in
      guard let source = from.baseAddress, let base = to.baseAddress else { return }
      if isNarrowed {
        subset.scatter(source, rowCount: to.count / subset.width, into: base)
      } else {
        base.update(from: source, count: to.count)
      }
    }
  }

  /// Visits the buffers that both have and that change, with own values first.
  private func forEachSharedBuffer(
    with narrow: Storage<Scalar>, _ subset: ColumnSubset,
    _ body: (
      _ own: UnsafeMutableBufferPointer<Scalar>, _ other: UnsafeMutableBufferPointer<Scalar>,
      _ isNarrowed: Bool
    ) -> Void
  ) {
    for name in names where !isLent(name) {
      guard let own = extents(name), let other = narrow.extents(name) else { continue }
      let isNarrowed = own != other
      if isNarrowed {
        precondition(own.dropLast() == other.dropLast(), "\(name): \(own) and \(other)")
        precondition(own.last == subset.width && other.last == subset.columns.count, name)
      }
      withBuffer(name) { values in
        narrow.withBuffer(name) { body(values, $0, isNarrowed) }
      }
    }
  }
}
