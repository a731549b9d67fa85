/// Sums over pairs of an upper row, whose key is larger, and a lower row, of products of a number each.
///
/// - Complexity: O(n log n): rows enter a Fenwick tree over the ranks of scores in the order of keys.
struct PairSums {
  /// For each row, over the pairs that it is in on either side.
  private(set) var weight: [Double]
  /// Of that, pairs that the scores put in order, and half of those with equal scores.
  private(set) var agreement: [Double]

  private let ranks: [Int]

  /// - Parameter ranks: of the rows' scores.
  init(ranks: [Int]) {
    self.ranks = ranks
    weight = Array(repeating: 0, count: ranks.count)
    agreement = weight
  }

  /// Adds the pairs of rows with high > low, times a sign.
  mutating func add(
    _ term: SeparableWeights.Term, rows: [Int], high: [Double], low: [Double], sign: Double
  ) {
    let lowest = rows.filter { low[$0] < .infinity }.sorted { low[$0] < low[$1] }
    let highest = rows.sorted { high[$0] < high[$1] }
    gather(
      highest.reversed(), term.upper, into: lowest.reversed(), term.lower, sign: sign,
      isAbove: true
    ) { high[$0] > low[$1] }
    gather(lowest, term.lower, into: highest, term.upper, sign: sign, isAbove: false) {
      low[$0] < high[$1]
    }
  }

  /// Each target takes what the sources that have entered by then weigh.
  private mutating func gather(
    _ sources: [Int], _ values: [Double], into targets: [Int], _ factors: [Double], sign: Double,
    isAbove: Bool, enters: (_ source: Int, _ target: Int) -> Bool
  ) {
    var tree = SumTree(count: (ranks.max() ?? -1) + 1)
    var next = 0
    for target in targets {
      while next < sources.count, enters(sources[next], target) {
        tree.add(values[sources[next]], at: ranks[sources[next]])
        next += 1
      }
      let rank = ranks[target]
      let (through, below) = (tree.sum(through: rank), tree.sum(through: rank - 1))
      let beyond = isAbove ? tree.total - through : below
      weight[target] += sign * factors[target] * tree.total
      agreement[target] += sign * factors[target] * (beyond + 0.5 * (through - below))
    }
  }
}

/// Numbers at positions 0..<count with sums of the first ones, both in O(log n).
///
/// - Source: Fenwick, Software: Practice and Experience 24(3), 1994.
private struct SumTree {
  private var nodes: [Double]
  private(set) var total = 0.0

  init(count: Int) { nodes = Array(repeating: 0, count: count + 1) }

  mutating func add(_ value: Double, at position: Int) {
    total += value
    var node = position + 1
    while node < nodes.count {
      nodes[node] += value
      node += node & -node
    }
  }

  /// Of positions 0...position; zero for position −1.
  func sum(through position: Int) -> Double {
    var (node, sum) = (position + 1, 0.0)
    while node > 0 {
      sum += nodes[node]
      node -= node & -node
    }
    return sum
  }
}
