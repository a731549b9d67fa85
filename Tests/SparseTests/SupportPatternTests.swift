import Testing

@testable import RankineSparse

@Suite struct SupportPatternTests {
  @Test func theCostOfAFeatureDependsOnItsUsersAlone() {
    let costs = (0...5).map { SupportPattern.heterogeneity(users: $0, of: 5) }
    #expect(costs == [0, 0.8, 1.2, 1.2, 0.8, 0])
  }

  @Test func disjointSupportsAreTheMostHeterogeneous() {
    #expect(SupportPattern.largestHeterogeneity(tasks: 5, supportSize: 10, features: 100) == 40)
    let disjoint = (0..<5).map { k in Array((10 * k)..<(10 * k + 10)) }
    #expect(SupportPattern.heterogeneity(of: disjoint) == 40)
    // 12 uses of 8 features: four features have two users, four have one.
    #expect(SupportPattern.largestHeterogeneity(tasks: 4, supportSize: 3, features: 8) == 4 + 3)
    #expect(SupportPattern.largestHeterogeneity(tasks: 3, supportSize: 8, features: 8) == 0)
  }

  @Test func theCostEqualsDistancesFromTheMeanSupport() {
    let supports = [[0, 1], [0, 2], [0, 2, 3]]
    let indicators = supports.map { own in (0..<4).map { own.contains($0) ? 1.0 : 0 } }
    let means = (0..<4).map { j in indicators.reduce(0) { $0 + $1[j] } / 3 }
    let distances = indicators.reduce(0) { sum, own in
      sum + zip(own, means).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    #expect(isClose(SupportPattern.heterogeneity(of: supports), distances, within: 1e-12))
  }

  @Test func homogeneityIsOneForOneSupportAndHalfForSharingOneOfTwo() {
    #expect(SupportPattern.homogeneity(of: [[0, 1], [0, 2]]) == 0.5)
    #expect(SupportPattern.homogeneity(of: [[0, 1], [0, 1], [0, 1]]) == 1)
    #expect(SupportPattern.homogeneity(of: [[0], [1]]) == 0)
    #expect(SupportPattern.homogeneity(of: [[4, 5]]) == 1)
  }
}
