import Testing

@testable import RankineSparse

@Suite struct RelaxationTests {
  @Test(arguments: [(0, 0.33229, 0.33229), (1, 0.39040, 0.39990), (2, 0.39452, 0.39990)])
  func theToyBoundsAreThoseWorkedOut(_ lz: Double, _ quadratic: Double, _ envelope: Double) throws {
    let relaxation = ConvexRelaxation(try Toy.problem())
    let settings = Toy.settings(lz: lz)
    #expect(isClose(try relaxation.solve(settings, .quadratic).bound, quadratic, within: 2e-5))
    #expect(isClose(try relaxation.solve(settings, .envelope).bound, envelope, within: 2e-4))
  }

  @Test func noRelaxationIsAboveTheOptimumNorTheQuadraticAboveTheEnvelope() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let problem = try RandomTasks(seed: seed, features: 6, noise: 1).problem()
      let settings = SparseSettings(supportSize: 2, ridge: 0.1, supportSimilarity: 0.2)
      let best = SupportEnumeration(problem, settings).run().objective
      let relaxation = ConvexRelaxation(problem)
      let quadratic = try relaxation.solve(settings, .quadratic)
      let envelope = try relaxation.solve(settings, .envelope)
      #expect(envelope.bound <= best + 1e-9)
      #expect(quadratic.bound <= envelope.bound + 1e-4)
      for found in [quadratic, envelope] {
        #expect(found.rounded.objective >= best - 1e-9)
        #expect(found.levels.allSatisfy { $0.allSatisfy { $0 >= 0 && $0 <= 1 } })
        #expect(found.levels.allSatisfy { $0.reduce(0, +) <= 2.001 })
      }
    }
  }

  @Test func withoutRidgeThereIsNoPerspective() throws {
    let error = #expect(throws: SparseError.self) {
      try ConvexRelaxation(Toy.problem()).solve(
        SparseSettings(supportSize: 2, ridge: 0), .quadratic)
    }
    #expect(
      error?.description == """
        error[needs-ridge] in Ridge: the perspective of a ridge of 0 is not finite
          hint: give a ridge above 0
        """)
  }
}
