import RankineSupport
import Testing

struct CounterRandomTests {
  @Test func drawsDependOnSeedAndStreamOnly() {
    func draws(_ seed: UInt64, _ stream: UInt64) -> [UInt64] {
      var random = CounterRandom(seed: seed, stream: stream)
      return (0..<4).map { _ in random.next() }
    }
    #expect(draws(1, 0) == draws(1, 0))
    #expect(Set(draws(1, 0) + draws(2, 0) + draws(1, 1)).count == 12)
  }

  @Test func aDrawAtAPositionIsTheOneOfTheSequence() {
    var random = CounterRandom(seed: 7, stream: 3)
    for position: UInt64 in 0..<50 {
      #expect(random.position == position)
      let drawn = random.uniform()
      #expect(drawn == CounterRandom.uniform(seed: 7, stream: 3, position: position))
      #expect(drawn >= 0 && drawn < 1)
    }
  }

  @Test func aNameStandsForAStream() {
    func first(_ seed: UInt64, _ name: String) -> UInt64 {
      var random = CounterRandom(seed: seed, named: name)
      return random.next()
    }
    #expect(first(1, "dropout") == first(1, "dropout"))
    #expect(
      Set([first(1, "dropout"), first(1, "split"), first(2, "dropout"), first(1, "")]).count == 4)
  }

  @Test func uniformDrawsHaveTheMomentsOfTheUniform() {
    var random = CounterRandom(seed: 4)
    let draws = (0..<100_000).map { _ in random.uniform() }
    let mean = draws.reduce(0, +) / 1e5
    let variance = draws.map { $0 * $0 }.reduce(0, +) / 1e5 - mean * mean
    // Standard errors are 0.0009 and 0.00024; four of them.
    #expect(abs(mean - 0.5) < 0.0037)
    #expect(abs(variance - 1.0 / 12) < 0.001)
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
    #expect(random.permutation(1) == [0])
  }

  @Test func eachPermutationOfThreeIsAsLikely() {
    var random = CounterRandom(seed: 6)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[random.permutation(3), default: 0] += 1 }
    #expect(counts.count == 6)
    // The standard error of a count is 29; five of them.
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 145 })
  }
}
