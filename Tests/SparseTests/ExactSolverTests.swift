import RankineSupport
import Testing

@testable import RankineSparse

@Suite struct ExactSolverTests {
  /// Strengths of ties from none to stronger than the data.
  private static let strengths = [0, 0.02, 0.1, 0.5, 3]

  @Test func boundsMeetAtTheEnumeratedOptimumOfSmallProblems() throws {
    for seed in 1...16 as ClosedRange<UInt64> {
      let problem = try RandomTasks(
        seed: seed, tasks: seed % 3 == 0 ? 3 : 2, features: 6, rows: seed % 2 == 0 ? 20 : 10,
        supportSize: 2, noise: 1, sharesDesign: seed % 3 == 0
      ).problem()
      let settings = SparseSettings(
        supportSize: 2, sharing: seed % 5 == 0 ? .common : .heterogeneous,
        ridge: seed % 4 == 0 ? 0.2 : 0.01,
        supportSimilarity: Self.strengths[Int(seed) % Self.strengths.count])
      let best = SupportEnumeration(problem, settings).run()
      let (fit, certificate) = try ExactSolver(problem).solve(settings, gap: 1e-4)
      #expect(isClose(fit.objective, best.objective, within: 1e-4), "seed \(seed)")
      #expect(certificate.lowerBound <= best.objective + 1e-9, "seed \(seed)")
      #expect(certificate.upperBound >= best.objective - 1e-9, "seed \(seed)")
      #expect(certificate.stop == .gap)
      #expect(certificate.gap <= 1.1e-4, "seed \(seed)")
    }
  }

  @Test func classesAreCertifiedToo() throws {
    for seed in 1...8 as ClosedRange<UInt64> {
      let problem = try RandomTasks(
        seed: seed, tasks: seed % 2 == 0 ? 3 : 2, features: 6, rows: 30, supportSize: 2,
        sharesDesign: seed % 3 == 0, kind: .logistic
      ).problem()
      let settings = SparseSettings(
        supportSize: 2, sharing: seed == 5 ? .common : .heterogeneous, ridge: 0.05,
        supportSimilarity: Self.strengths[Int(seed) % 4])
      let best = SupportEnumeration(problem, settings).run()
      let (fit, certificate) = try ExactSolver(problem).solve(settings, gap: 1e-4)
      #expect(isClose(fit.objective, best.objective, within: 1e-4), "seed \(seed)")
      #expect(certificate.lowerBound <= best.objective + 1e-9, "seed \(seed)")
      #expect(certificate.stop == .gap && certificate.gap <= 1.1e-4, "seed \(seed)")
    }
  }

  @Test func noCutOfAClassIsAboveItsLossAtAnyIntercept() throws {
    let problem = try RandomTasks(seed: 4, tasks: 1, features: 4, rows: 25, kind: .logistic)
      .problem()
    let task = problem.tasks[0]
    var residual = TaskResidual(task)
    residual.move(1, by: 0.8)
    residual.settle()
    let slopes = (0..<4).map(residual.slope)
    let objective = Objective(problem: problem, settings: SparseSettings(supportSize: 4))
    var random = CounterRandom(seed: 1, named: "cuts")
    func loss(_ b: SparseCoefficients) -> Double { objective.loss(0, objective.predictor(0, b)) }
    for _ in 0..<20 {
      var b = SparseCoefficients([(0..<4).map { _ in 2 * random.normal() }])
      b.intercepts = [3 * random.normal()]
      #expect(residual.constant - dot(slopes, b.values[0]) <= loss(b) + 1e-12)
    }
    // Where it was made it is exact: at its coefficient and the best intercept.
    var made = SparseCoefficients([[0, 0.8, 0, 0]])
    let best = stride(from: -3.0, through: 3, by: 1e-4).map { shift in
      made.intercepts = [shift]
      return loss(made)
    }.min()
    #expect(isClose(residual.constant - 0.8 * slopes[1], try #require(best), within: 1e-8))
  }

  @Test func cutsOfANodeSayNothingOfFeaturesThatAreShutOutThere() throws {
    // Problems on which such features, taken as useless, would cut off the optimum of a task.
    for replication in [12, 13, 14] {
      var random = CounterRandom(seed: 1, named: "enumeration 0.0 \(replication)")
      let problem = try EnumerationExperiment.made(&random)
      let settings = SparseSettings(supportSize: 3, ridge: 0.01)
      let best = SupportEnumeration(problem, settings).run()
      let (fit, certificate) = try ExactSolver(problem).solve(settings)
      #expect(fit.supports == best.supports)
      #expect(certificate.lowerBound <= best.objective + 1e-9)
    }
  }

  @Test func aBadStartIsReplacedByTheOptimum() throws {
    let problem = try RandomTasks(seed: 5, features: 6, rows: 30).problem()
    let settings = SparseSettings(supportSize: 2, supportSimilarity: 0.05)
    let start = SparseSolver(problem).refit([[0, 1], [0, 1], [0, 1]], settings)
    let (fit, certificate) = try ExactSolver(problem).solve(
      settings, gap: 1e-4, bound: .value(5), from: start)
    let best = SupportEnumeration(problem, settings).run()
    #expect(start.objective > best.objective + 0.01)
    #expect(isClose(fit.objective, best.objective, within: 1e-4))
    #expect(fit.supports == best.supports)
    #expect(!certificate.heuristicIsOptimal)
  }

  @Test func tiedCoefficientsAreBoundedToo() throws {
    let problem = try RandomTasks(seed: 7, tasks: 2, features: 5, rows: 15, noise: 1).problem()
    let settings = SparseSettings(
      supportSize: 2, ridge: 0.05, coefficientSimilarity: 0.5, supportSimilarity: 0.05)
    let (fit, certificate) = try ExactSolver(problem).solve(settings, gap: 1e-3)
    // Every pair of supports, one after the other.
    let solver = SparseSolver(problem)
    let supports = (0..<5).flatMap { a in (a..<5).map { Set([a, $0]).sorted() } }
    var best = Double.infinity
    for a in supports {
      for b in supports { best = min(best, solver.refit([a, b], settings).objective) }
    }
    #expect(certificate.lowerBound <= best + 1e-9)
    #expect(isClose(fit.objective, best, within: 1e-3))
  }

  @Test func aLimitOnNodesStopsWithBoundsThatHold() throws {
    let problem = try RandomTasks(seed: 2, features: 10, rows: 12, noise: 2).problem()
    let settings = SparseSettings(supportSize: 3, ridge: 0.01, supportSimilarity: 0.1)
    let (_, short) = try ExactSolver(problem).solve(
      settings, gap: 0, limits: ExactSolver.Limits(nodes: 3))
    #expect(short.stop == .nodeLimit)
    #expect(short.nodes == 3)
    #expect(short.lowerBound < short.upperBound)
    let (_, again) = try ExactSolver(problem).solve(
      settings, gap: 0, limits: ExactSolver.Limits(nodes: 3))
    #expect(short.lowerBound == again.lowerBound && short.upperBound == again.upperBound)
    let (_, longer) = try ExactSolver(problem).solve(
      settings, gap: 0, limits: ExactSolver.Limits(nodes: 12))
    #expect(longer.lowerBound >= short.lowerBound)
  }

  /// However early a search is stopped, the optimum lies between its bounds, and more nodes narrow them.
  @Test func theOptimumIsBetweenTheBoundsFromTheFirstNodeOn() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let problem = try RandomTasks(seed: seed, tasks: 2, rows: 12, noise: 2).problem()
      let settings = SparseSettings(supportSize: 3, ridge: 0.01, supportSimilarity: 0.05)
      let best = SupportEnumeration(problem, settings).run().objective
      let gaps = try [1, 2, 4, 8, 1000].map { nodes in
        let (_, found) = try ExactSolver(problem).solve(
          settings, gap: 1e-6, limits: ExactSolver.Limits(nodes: nodes))
        #expect(found.lowerBound <= best + 1e-9 && best <= found.upperBound + 1e-9)
        return found.gap
      }
      for (early, late) in zip(gaps, gaps.dropFirst()) { #expect(late <= early + 1e-12) }
      #expect(gaps[4] <= 1.1e-6, "seed \(seed)")
    }
  }

  @Test func aCutIsExactWhereItWasMadeAndBelowTheValueElsewhere() throws {
    // The toy's first task with the first two features: the value and slopes worked by hand.
    let problem = try Toy.problem()
    let task = problem.tasks[0]
    let fit = SparseSolver(problem).refit([[0, 1], [0, 1]], Toy.settings())
    let residual = zip(task.response, fit.tasks[0].scores(of: task.design)).map { $0 - $1 }
    let (n, penalty) = (6.0, CappedRidge(ridge: 0.1, bound: .infinity))
    let gains = (0..<4).map { j in
      penalty.conjugate((0..<6).reduce(0) { $0 + task.design[$1, j] * residual[$1] } / n)
    }
    let constant = dot(task.response, residual) / n - dot(residual, residual) / (2 * n)
    #expect(isClose(constant - gains[0] - gains[1], 0.3247525055, within: 1e-9))
    let slopes = [0.0703102, 0.0524805, 2.0043817, 0.4934990]
    for (gain, slope) in zip(gains, slopes) { #expect(isClose(gain, slope, within: 1e-6)) }
    // With coefficients of at most 1 and a ridge of 0 the slope of a feature is its correlation.
    let capped = CappedRidge(ridge: 0, bound: 1)
    let size = (2 * 0.1 * gains[2]).squareRoot()
    #expect(isClose(size, 0.6331480, within: 1e-6))
    #expect(isClose(capped.conjugate(size), 0.6331480, within: 1e-6))
  }
}
