import CRankineKernels

extension Binder {
  func bind(_ product: TapeProduct) throws -> BoundProduct {
    let leadExtents = try product.lead.map(resolve)
    // A sum over no products at all is one product over no terms: zeros.
    let isEmptySum = product.sumsLead && leadExtents.contains(0)
    let (m, n) = (try resolve(product.m), try resolve(product.n))
    let k = isEmptySum ? 0 : try resolve(product.k)
    let lead = isEmptySum ? leadExtents.map { _ in 1 } : leadExtents
    let a = matrices(product.a, lead, transposed: product.transposeA)
    let b = matrices(product.b, lead, transposed: product.transposeB)
    let leadCount = lead.reduce(1, *)
    let size = MemoryLayout<Scalar>.stride
    let results = (0..<leadCount).map {
      bases[product.result] + (product.sumsLead ? 0 : $0 * m * n * size)
    }
    let parts = ProductParts(
      m: m, n: n, k: k, leadCount: leadCount, sumsLead: product.sumsLead,
      packsColumns: b[0].is_transposed != 0,
      sumsRows: product.closing?.loop.outputs.contains { $0.combine != RK_STORE } ?? false,
      threads: threads)
    let scratchSize = AlignedMemory.rounded(
      rk_gemm_scratch(Scalar.kernelType, parts.longestRows, parts.longestColumns, k))
    return BoundProduct(
      type: Scalar.kernelType, elementSize: size, m: m, n: n, k: k, ldc: n, leadCount: leadCount,
      a: memory.place(a), b: memory.place(b), c: memory.place(results),
      sumsLead: product.sumsLead, closing: try product.closing.map { try bind(closing: $0.loop) },
      closingInput: Int32(product.closing?.input ?? 0), parts: parts,
      scratch: memory.scratch(byteCount: scratchSize * max(1, parts.chunkCount)),
      scratchSize: scratchSize)
  }

  /// The matrix for each leading index, given that one of the last two axes is contiguous.
  private func matrices(_ view: TapeView, _ lead: [Int], transposed: Bool) -> [rk_matrix] {
    let gather = unstored.gathers[view.buffer]
    let (own, strides) = stream(view)
    let base = gather.map { bases[$0.source] } ?? own
    let rows = gather.map { bases[$0.indices].assumingMemoryBound(to: Int32.self) }
    let rank = strides.count
    let (row, column) = (strides[rank - 2], strides[rank - 1])
    let isSwapped = column > 1
    let distance =
      gather == nil ? max(1, isSwapped ? column : row) : self.strides(of: view.buffer)[0]
    let leading = Array(strides.dropLast(2))
    let padded = Array(repeating: 0, count: lead.count - leading.count) + leading
    // Of a product over no leading index at all, one matrix tells the form of all.
    return (0..<max(1, lead.reduce(1, *))).map { position in
      var rest = position, offset = 0
      for axis in lead.indices.reversed() where lead[axis] > 0 {
        offset += rest % lead[axis] * padded[axis]
        rest /= lead[axis]
      }
      return rk_matrix(
        base: base + offset * MemoryLayout<Scalar>.stride,
        distance: distance, is_transposed: transposed != isSwapped ? 1 : 0,
        rows: rows)
    }
  }
}
