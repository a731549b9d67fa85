import RankineSupport
import Testing

@Test func drawsDependOnSeedAndStreamOnly() {
  func draws(_ seed: UInt64, _ stream: UInt64) -> [UInt64] {
    var random = CounterRandom(seed: seed, stream: stream)
    return (0..<4).map { _ in random.next() }
  }
  #expect(draws(1, 0) == draws(1, 0))
  #expect(Set(draws(1, 0) + draws(2, 0) + draws(1, 1)).count == 12)
}

@Test func normalDrawsHaveTheMomentsOfTheStandardNormal() {
  var random = CounterRandom(seed: 3)
  let draws = (0..<100_000).map { _ in random.normal() }
  let mean = draws.reduce(0, +) / 1e5
  let variance = draws.map { $0 * $0 }.reduce(0, +) / 1e5 - mean * mean
  // Standard errors are 0.0032 and 0.0045; four of them.
  #expect(abs(mean) < 0.013)
  #expect(abs(variance - 1) < 0.018)
}

@Test func permutationHoldsEachIndexOnce() {
  var random = CounterRandom(seed: 5)
  #expect(random.permutation(100).sorted() == Array(0..<100))
  #expect(random.permutation(0) == [])
}
