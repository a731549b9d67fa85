import Testing

@testable import RankineSparse

@Suite struct ExperimentTests {
  @Test func experimentsHaveNamesOfTheirOwn() {
    let names = SparseExperiments.all.map { $0.name }
    #expect(Set(names).count == names.count)
  }

  @Test func theLabelsOfADesignAreItsOwn() {
    for design in SparseExperiments.all {
      let names = design.labels.map(\.name)
      #expect(Set(names).count == names.count, "\(design.name)")
    }
  }

  @Test func sharingHelpsWhereSupportsAreSharedAndHurtsWhereTheyAreDisjoint() throws {
    func measured(_ name: String) throws -> [SparseMeasurement] {
      let point = try #require(HeterogeneityExperiment.points.first { $0.description == name })
      return try (1...3).flatMap {
        try HeterogeneityExperiment().run(point, replication: $0, seed: 1)
      }
    }
    func mean(_ all: [SparseMeasurement], _ method: String, _ measure: String) -> Double {
      let values = all.filter { $0.method == method }
        .compactMap { $0.values.first { $0.name == measure }?.value }
      return values.reduce(0, +) / Double(values.count)
    }
    let opposite = try measured("same supports, opposite signs")
    #expect(mean(opposite, "Zbar+L2", "F1") > mean(opposite, "L0L2", "F1") + 0.1)
    #expect(mean(opposite, "Zbar+L2", "F1") > mean(opposite, "Bbar", "F1") + 0.1)
    let disjoint = try measured("disjoint supports")
    #expect(mean(disjoint, "common support", "F1") < mean(disjoint, "L0L2", "F1") - 0.1)
    #expect(mean(disjoint, "common support", "homogeneity") == 1)
    #expect(try measured("disjoint supports") == disjoint)
  }
}
