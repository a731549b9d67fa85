/// Neighbouring rows that share one fitted value.
protocol IsotonicBlock {
  /// The value that fits the block best.
  var minimizer: Double { get }
  /// Takes in the block that follows.
  mutating func absorb(_ next: Self)
}

/// Pools neighbouring blocks until their values do not decrease.
///
/// Right for any convex loss that is a sum over rows, as long as the minimizer of a union lies
/// between those of its parts, which the middle of the set of minimizers does.
///
/// - Returns: the pooled blocks and how many given ones each holds.
/// - Source: Ayer, Brunk, Ewing, Reid & Silverman, Ann. Math. Statist. 26, 1955; for convex losses
///   Best, Chakravarti & Ubhaya, SIAM J. Optim. 10, 2000.
func poolAdjacentViolators<Block: IsotonicBlock>(_ blocks: [Block]) -> [(block: Block, count: Int)]
{
  var pooled: [(block: Block, count: Int)] = []
  for block in blocks {
    pooled.append((block, 1))
    while pooled.count > 1,
      pooled[pooled.count - 2].block.minimizer > pooled[pooled.count - 1].block.minimizer
    {
      let last = pooled.removeLast()
      pooled[pooled.count - 1].block.absorb(last.block)
      pooled[pooled.count - 1].count += last.count
    }
  }
  return pooled
}

/// A block under squared loss: its value is the weighted mean.
struct MeanBlock: IsotonicBlock {
  private var total: Double
  private var weight: Double

  init(values: ArraySlice<Double>, weights: ArraySlice<Double>) {
    total = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    weight = weights.reduce(0, +)
  }

  var minimizer: Double { total / weight }

  mutating func absorb(_ next: MeanBlock) {
    total += next.total
    weight += next.weight
  }
}
