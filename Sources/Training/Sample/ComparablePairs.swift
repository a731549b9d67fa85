/// How many ordered pairs (i, j) of rows have i known to rank above j: highᵢ > lowⱼ.
///
/// Rows with NaN keys are in no pair.
///
/// - Complexity: O(n log n).
package func comparablePairCount(high: [Double], low: [Double]) -> Int {
  let upper = high.filter { !$0.isNaN }.sorted()
  let lower = low.filter { !$0.isNaN }.sorted()
  var count = 0
  var below = 0
  for key in upper {
    while below < lower.count, lower[below] < key { below += 1 }
    count += below
  }
  return count
}
