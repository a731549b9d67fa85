/// What an instruction cannot do without: the floor below its time, on a machine whose limits are
/// known.
package struct InstructionWork: Sendable {
  /// Floating-point operations: two for a multiply-add of a product, one for each step of a loop,
  /// however many operations it puts together.
  package var operations = 0
  /// Pairs of a row and a column that a sweep visits.
  package var pairs = 0
  /// Bytes read and written, each array once.
  package var byteCount = 0
}

extension Tape {
  /// The work of each instruction.
  ///
  /// - Throws: `RuntimeError` (`unbound-dimension`) when a dimension has no size.
  package func work(
    _ extents: [String: Int], elementSize: Int
  ) throws(RuntimeError) -> [InstructionWork] {
    var counts: [Int] = []
    for buffer in buffers { counts.append(try count(buffer.shape, extents)) }
    let unstored = try UnstoredResults(self, extents, elementSize: elementSize)
    var works: [InstructionWork] = []
    for instruction in instructions {
      var work = InstructionWork()
      // Every operand and result in whole, but for views and rows by number.
      var elements = (instruction.operands + instruction.results).reduce(0) { $0 + counts[$1] }
      switch instruction {
      case .loop(let loop):
        work.operations = try count(loop.extents, extents) * loop.stepCount
        elements = 0
        for view in loop.inputs + loop.outputs.map(\.to) {
          let seen = zip(view.axes, loop.extents).filter { $0.0 != nil }.map(\.1)
          elements += min(counts[view.buffer], try count(seen, extents))
        }
      case .product(let product):
        let extent = product.lead + [product.m, product.n, product.k]
        work.operations = 2 * (try count(extent, extents))
        guard let loop = product.closing?.loop else { break }
        work.operations += try count(loop.extents, extents) * loop.stepCount
      case .pairSums(let sums):
        work.pairs = try count(sums.lead + [sums.rows, sums.columns], extents)
      case .rankSums(let rank):
        work.pairs = try count(rank.lead + [rank.rows, rank.columns], extents)
      case .gather(let gather):
        elements = unstored.contains(gather.result) ? 0 : 2 * counts[gather.result]
      default: break
      }
      work.byteCount = elements * elementSize
      works.append(work)
    }
    return works
  }

  private func count(
    _ shape: [TapeExtent], _ extents: [String: Int]
  ) throws(RuntimeError) -> Int {
    var count = 1
    for extent in shape { count *= try extent.resolved(extents, in: name) }
    return count
  }
}
