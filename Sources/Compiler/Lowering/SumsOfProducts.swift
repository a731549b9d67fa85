import CRankineKernels

extension ScalarCode {
  /// Lets sums of products multiply on the way, so that the products need no place of their own.
  ///
  /// - Parameters:
  ///   - sums: which of the results are summed.
  ///   - all: the axes of the index space. A product that varies along fewer is computed less often by
  ///     itself.
  /// - Returns: the results, and the other factors of those that are products now.
  mutating func multiplyInSums(
    _ results: [Value], sums: Set<Int>, along all: UInt, axes: (Input) -> UInt
  ) -> (results: [Value], factors: [Int: Value]) {
    let (variations, readers) = variationsAndReaders(results: results, axes: axes)
    var results = results, factors: [(position: Int, value: Value)] = []
    var isDropped = Array(repeating: false, count: steps.count)
    for position in sums.sorted() {
      guard case .step(let step) = results[position], steps[step].op == RK_MULTIPLY,
        readers[step] == 1, variations[step] == all
      else { continue }
      results[position] = steps[step].operands[0]
      factors.append((position, steps[step].operands[1]))
      isDropped[step] = true
    }
    let kept = remove(isDropped, keeping: results + factors.map(\.value))
    let positions = factors.map(\.position)
    return (
      Array(kept.prefix(results.count)),
      Dictionary(uniqueKeysWithValues: zip(positions, kept.dropFirst(results.count)))
    )
  }
}
