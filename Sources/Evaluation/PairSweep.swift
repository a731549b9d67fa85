/// For each row, how many rows are known to lie above it, and on how many of those the scores agree.
///
/// Row i lies above row j when high(i) > low(j). A seen outcome has high = low = value; a censored
/// one has low = +∞ and high just above its value, so it lies above an event at the same time.
///
/// - Complexity: O(n log n): rows enter a Fenwick tree over score ranks from the top down.
struct PairSweep {
  /// Rows above with a larger score.
  private(set) var agreeing: [Int]
  /// Rows above with an equal score.
  private(set) var tied: [Int]
  /// Rows above.
  private(set) var comparable: [Int]

  init(_ rows: ObservedRows) {
    let count = rows.count
    agreeing = Array(repeating: 0, count: count)
    tied = agreeing
    comparable = agreeing
    let rank = denseRanks(rows.scores)
    var tree = FenwickTree(count: count)
    let order = (0..<count).sorted { a, b in
      rows.values[a] != rows.values[b]
        ? rows.values[a] > rows.values[b] : !rows.isEvent(a) && rows.isEvent(b)
    }
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, rows.values[order[end]] == rows.values[order[start]],
        rows.isEvent(order[end]) == rows.isEvent(order[start])
      { end += 1 }
      for row in order[start..<end] where rows.isEvent(row) {
        let upTo = tree.prefix(through: rank[row])
        agreeing[row] = start - upTo
        tied[row] = upTo - tree.prefix(through: rank[row] - 1)
        comparable[row] = start
      }
      for row in order[start..<end] { tree.increment(rank[row]) }
      start = end
    }
  }
}

/// Counts over positions 0..<count with prefix sums, both in O(log n).
///
/// - Source: Fenwick, Software: Practice and Experience 24(3), 1994.
struct FenwickTree {
  private var nodes: [Int]

  init(count: Int) { nodes = Array(repeating: 0, count: count + 1) }

  mutating func increment(_ position: Int) {
    var node = position + 1
    while node < nodes.count {
      nodes[node] += 1
      node += node & -node
    }
  }

  /// The count at positions 0...position; zero for position −1.
  func prefix(through position: Int) -> Int {
    var node = position + 1
    var total = 0
    while node > 0 {
      total += nodes[node]
      node -= node & -node
    }
    return total
  }
}

/// The position of each number among the distinct numbers, from 0.
func denseRanks(_ numbers: [Double]) -> [Int] {
  let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
  var ranks = Array(repeating: 0, count: numbers.count)
  for place in order.indices.dropFirst() {
    let isNew = numbers[order[place]] != numbers[order[place - 1]]
    ranks[order[place]] = ranks[order[place - 1]] + (isNew ? 1 : 0)
  }
  return ranks
}
