import RankineSupport
import Testing

@testable import RankineSparse

@Suite struct ExactSolverTests {
  /// Strengths of ties from none to stronger than the data.
  private static let strengths = [0, 0.02, 0.1, 0.5, 3]

  @Test func boundsMeetAtTheEnumeratedOptimumOfSmallProblems() throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      let problem = try RandomTasks(
        seed: seed, features: 8, rows: seed % 2 == 0 ? 20 : 10, noise: 1,
        sharesDesign: seed % 3 == 0
      ).problem()
      let settings = SparseSettings(
        supportSize: 3, sharing: seed % 5 == 0 ? .common : .heterogeneous,
        ridge: seed % 4 == 0 ? 0.2 : 0.01,
        supportSimilarity: Self.strengths[Int(seed) % Self.strengths.count])
      let best = SupportEnumeration(problem, settings).run()
      let (fit, certificate) = try ExactSolver(problem).solve(settings)
      #expect(isClose(fit.objective, best.objective, within: 1e-6), "seed \(seed)")
      #expect(certificate.lowerBound <= best.objective + 1e-9, "seed \(seed)")
      #expect(certificate.upperBound >= best.objective - 1e-9, "seed \(seed)")
      #expect(certificate.stop == .gap)
      #expect(certificate.gap <= 2e-6, "seed \(seed)")
    }
  }
}
