import CRankineKernels

/// Results that a tape names but a run never stores, as whoever reads them finds the elements elsewhere.
struct UnstoredResults {
  /// Rows gathered for products alone, which pack them from where they lie; by the gather's result.
  private(set) var gathers: [Int: TapeGather] = [:]
  /// Products that close with a loop and have no sums that wait.
  private(set) var sums: Set<Int> = []

  /// From this size on rows that were gathered would not stay in the second cache, and a product packs
  /// its operands anyway.
  private static let farBytes = 2 << 20

  init(_ tape: Tape, _ extents: [String: Int], elementSize: Int) throws(RuntimeError) {
    for (position, instruction) in tape.instructions.enumerated() {
      switch instruction {
      case .product(let product) where try Self.isPassedOn(product, tape, extents):
        sums.insert(product.result)
      case .gather(let gather):
        let size = try tape.elementCount(of: gather.result, extents) * elementSize
        if size > Self.farBytes, Self.isPackedOnly(gather, at: position, tape) {
          gathers[gather.result] = gather
        }
      default: break
      }
    }
  }

  func contains(_ buffer: Int) -> Bool {
    gathers[buffer] != nil || sums.contains(buffer)
  }

  private static func isPassedOn(
    _ product: TapeProduct, _ tape: Tape, _ extents: [String: Int]
  ) throws(RuntimeError) -> Bool {
    guard let loop = product.closing?.loop, !product.sumsLead,
      !loop.outputs.contains(where: { tape.root($0.to.buffer) == tape.root(product.result) })
    else { return false }
    return try product.k.resolved(extents, in: tape.name) <= Int(RK_GEMM_DEPTH)
  }

  /// Whether all readers of a gather are products whose operand it is as a whole, and nothing changes
  /// the rows before they read them.
  private static func isPackedOnly(_ gather: TapeGather, at position: Int, _ tape: Tape) -> Bool {
    let result = gather.result
    guard gather.axis == 0, tape.buffers[result].shape.count == 2,
      case .workspace = tape.buffers[result].home, !tape.outputs.values.contains(result),
      !tape.buffers.contains(where: { $0.home == .alias(of: result) })
    else { return false }
    let sources = [gather.source, gather.indices].map(tape.root)
    for (other, instruction) in tape.instructions.enumerated() where other != position {
      guard !instruction.written.map(tape.root).contains(where: sources.contains),
        !instruction.written.contains(result)
      else { return false }
      guard instruction.operands.contains(result) else { continue }
      guard case .product(let product) = instruction,
        !(product.closing?.operands.contains { $0.buffer == result } ?? false)
      else { return false }
      for view in [product.a, product.b] where view.buffer == result {
        // The last two axes of the view are those of the gather; axes before them repeat.
        guard Array(view.axes.suffix(2)) == [0, 1], view.starts.allSatisfy({ $0 == 0 }) else {
          return false
        }
      }
    }
    return true
  }
}
