/// The half-open ranges of equal neighbours in a sorted list.
package func runs(of sorted: [Double]) -> [Range<Int>] {
  var result: [Range<Int>] = []
  var start = 0
  for index in sorted.indices where index + 1 == sorted.count || sorted[index + 1] != sorted[index]
  {
    result.append(start..<(index + 1))
    start = index + 1
  }
  return result
}

extension RandomAccessCollection where Index == Int {
  /// The first position from which on a condition holds, in a list where it never stops holding.
  package func partitionPoint(_ holds: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
