import Testing

@testable import RankineSparse

@Suite struct ExperimentTests {
  @Test func experimentsHaveNamesOfTheirOwn() {
    let names = SparseExperiments.all.map { $0.name }
    #expect(Set(names).count == names.count)
  }

  @Test func sharingHelpsWhereSupportsAreSharedAndHurtsWhereTheyAreDisjoint() throws {
    let all = try (1...3).map { try HeterogeneityExperiment().run(replication: $0, seed: 1) }
    func mean(_ point: String, _ method: String, _ measure: String) -> Double {
      let values = all.joined().filter { $0.point == point && $0.method == method }
        .compactMap { $0.values.first { $0.name == measure }?.value }
      return values.reduce(0, +) / Double(values.count)
    }
    let opposite = "same supports, opposite signs"
    #expect(mean(opposite, "Zbar+L2", "F1") > mean(opposite, "L0L2", "F1") + 0.1)
    #expect(mean(opposite, "Zbar+L2", "F1") > mean(opposite, "Bbar", "F1") + 0.1)
    #expect(
      mean("disjoint supports", "common support", "F1")
        < mean("disjoint supports", "L0L2", "F1") - 0.1)
    #expect(mean("disjoint supports", "common support", "homogeneity") == 1)
    let again = try HeterogeneityExperiment().run(replication: 1, seed: 1)
    #expect(again.map { $0.values.map(\.value) } == all[0].map { $0.values.map(\.value) })
  }
}
