import CRankineKernels

extension Binder {
  func bind(_ product: TapeProduct) throws -> BoundProduct {
    let leadExtents = try product.lead.map(resolve)
    // A sum over no products at all is one product over no terms: zeros.
    let isEmptySum = product.sumsLead && leadExtents.contains(0)
    let (m, n) = (try resolve(product.m), try resolve(product.n))
    let k = isEmptySum ? 0 : try resolve(product.k)
    let lead = isEmptySum ? leadExtents.map { _ in 1 } : leadExtents
    let a = matrix(product.a, lead, transposed: product.transposeA)
    let b = matrix(product.b, lead, transposed: product.transposeB)
    let leadCount = lead.reduce(1, *)
    let size = MemoryLayout<Scalar>.stride
    let results = (0..<leadCount).map {
      bases[product.result] + (product.sumsLead ? 0 : $0 * m * n * size)
    }
    let parts = ProductParts(
      m: m, n: n, k: k, leadCount: leadCount, sumsLead: product.sumsLead,
      packsColumns: b.transposed,
      sumsRows: product.closing?.loop.outputs.contains { $0.combine != RK_STORE } ?? false,
      threads: threads)
    let scratchSize = AlignedMemory.rounded(
      rk_gemm_scratch(Scalar.kernelType, parts.longestRows, parts.longestColumns, k))
    return BoundProduct(
      type: Scalar.kernelType, elementSize: size, m: m, n: n, k: k,
      transposeA: a.transposed ? 1 : 0, transposeB: b.transposed ? 1 : 0,
      lda: a.distance, ldb: b.distance, ldc: n, leadCount: leadCount,
      a: memory.place(a.addresses), b: memory.place(b.addresses), c: memory.place(results),
      sumsLead: product.sumsLead, closing: try product.closing.map { try bind(closing: $0.loop) },
      closingInput: Int32(product.closing?.input ?? 0), parts: parts,
      scratch: memory.scratch(byteCount: scratchSize * max(1, parts.chunkCount)),
      scratchSize: scratchSize)
  }

  /// The addresses of the matrices for each leading index, the distance of their rows as stored, and
  /// whether they are to be transposed, given that one of the last two axes is contiguous.
  private func matrix(
    _ view: TapeView, _ lead: [Int], transposed: Bool
  ) -> (addresses: [UnsafeRawPointer], distance: Int, transposed: Bool) {
    let (base, strides) = stream(view)
    let rank = strides.count
    let (row, column) = (strides[rank - 2], strides[rank - 1])
    let isSwapped = column > 1
    var addresses: [UnsafeRawPointer] = []
    let own = Array(strides.dropLast(2))
    let padded = Array(repeating: 0, count: lead.count - own.count) + own
    for position in 0..<lead.reduce(1, *) {
      var rest = position, offset = 0
      for axis in lead.indices.reversed() {
        offset += rest % lead[axis] * padded[axis]
        rest /= lead[axis]
      }
      addresses.append(UnsafeRawPointer(base + offset * MemoryLayout<Scalar>.stride))
    }
    return (addresses, max(1, isSwapped ? column : row), transposed != isSwapped)
  }
}
