import Foundation

/// Finds the best solution of a sparse-pattern regression, with a proof of how good it is.
///
///     let (fit, certificate) = try ExactSolver(problem).solve(settings, gap: 0.01)
///     print(certificate.summary)
///
/// The heuristic gives the first solution; a search over the supports improves it or proves it. Where
/// nothing ties the tasks together each is searched on its own. With a limit on nodes instead of time
/// the result is the same on every run.
public struct ExactSolver {
  /// When to give up.
  public struct Limits: Sendable {
    /// Relaxations that may be solved.
    public var nodes: Int
    /// Seconds of wall-clock time; nil for no limit.
    public var seconds: Double?

    public init(nodes: Int = 1_000_000, seconds: Double? = nil) {
      (self.nodes, self.seconds) = (nodes, seconds)
    }
  }

  /// How large coefficients may be.
  public enum CoefficientBound: Sendable, Equatable {
    /// Twice the largest coefficient of the heuristic, doubled while the best solution touches it.
    case estimated
    /// A number that the user knows to hold.
    case value(Double)
    /// No bound: the certificate holds without conditions, and is weaker where the ridge is small.
    case none
  }

  let problem: SparseProblem

  public init(_ problem: SparseProblem) {
    self.problem = problem
  }

  /// - Parameters:
  ///   - gap: of the bounds, relative to the upper one, at which the search ends.
  ///   - bound: on standardized coefficients.
  ///   - start: a solution to begin with; the heuristic's when nil.
  /// - Throws: `SparseError`: `bad-setting`, `needs-ridge` without ridge and bound.
  public func solve(
    _ settings: SparseSettings, gap: Double = 1e-6, limits: Limits = Limits(),
    bound: CoefficientBound = .estimated, from start: SparseFit? = nil
  ) throws(SparseError) -> (fit: SparseFit, certificate: SparseCertificate) {
    try settings.validate()
    try check(settings, bound)
    let started = Date()
    let heuristic: SparseFit
    if let start {
      heuristic = start
    } else {
      heuristic = try SparseSolver(problem).fit(settings)
    }
    var allowed = largestAllowed(bound, heuristic.scaled)
    var (best, certificate) = search(settings, gap, limits, allowed, heuristic.scaled, started)
    // A bound that the best solution touches is no bound.
    for _ in 0..<4 where bound == .estimated {
      let largest = best.values.joined().reduce(0) { max($0, abs($1)) }
      guard largest > 0.99 * allowed, certificate.stop == .gap else { break }
      allowed *= 2
      let (nodes, cuts) = (certificate.nodes, certificate.cuts)
      (best, certificate) = search(settings, gap, limits, allowed, best, started)
      certificate.nodes += nodes
      certificate.cuts += cuts
    }
    certificate.heuristicValue = heuristic.objective
    let objective = Objective(problem: problem, settings: settings)
    let fit = SparseFit(
      tasks: problem.tasks.indices.map {
        problem.tasks[$0].unscaled(best.values[$0], intercept: best.intercepts[$0])
      },
      objective: objective.value(best), settings: settings, trace: [], scaled: best)
    return (fit, certificate)
  }

  private func check(
    _ settings: SparseSettings, _ bound: CoefficientBound
  ) throws(SparseError) {
    if bound == .none, settings.ridge == 0 {
      throw SparseError(
        "needs-ridge", at: "Ridge",
        "without ridge and without a bound on coefficients nothing can be proved",
        hint: "give a ridge above 0 or a bound")
    }
  }

  private func largestAllowed(
    _ bound: CoefficientBound, _ heuristic: SparseCoefficients
  ) -> Double {
    switch bound {
    case .value(let value): value
    case .none: .infinity
    case .estimated:
      2 * max(1e-6, heuristic.values.joined().reduce(0) { max($0, abs($1)) })
    }
  }

  // MARK: Search

  private func search(
    _ settings: SparseSettings, _ gap: Double, _ limits: Limits, _ bound: Double,
    _ start: SparseCoefficients, _ started: Date
  ) -> (SparseCoefficients, SparseCertificate) {
    let value = Objective(problem: problem, settings: settings).value(start)
    let allowance = max(gap * value, 1e-12)
    let isTied =
      settings.sharing == .common || settings.supportSimilarity > 0
      || settings.coefficientSimilarity > 0
    guard !isTied, problem.taskCount > 1 else {
      let outcome = BranchAndBound(
        problem: problem, settings: settings, bound: bound, limits: limits, gap: allowance
      ).run(from: start, started: started)
      return (outcome.best, outcome.certificate)
    }
    var best = start
    var total: SparseCertificate?
    for k in problem.tasks.indices {
      var alone = SparseCoefficients([start.values[k]])
      alone.intercepts = [start.intercepts[k]]
      let outcome = BranchAndBound(
        problem: SparseProblem(problem.tasks[k], features: problem.featureCount),
        settings: settings, bound: bound, limits: limits,
        gap: allowance / Double(problem.taskCount)
      ).run(from: alone, started: started)
      best.values[k] = outcome.best.values[0]
      best.intercepts[k] = outcome.best.intercepts[0]
      total = total.map { $0.joined(with: outcome.certificate) } ?? outcome.certificate
    }
    guard let total else { preconditionFailure("there is a task") }
    return (best, total)
  }
}

extension SparseCertificate {
  /// Of two problems that have nothing in common but the time.
  fileprivate func joined(with other: SparseCertificate) -> SparseCertificate {
    SparseCertificate(
      upperBound: upperBound + other.upperBound, lowerBound: lowerBound + other.lowerBound,
      nodes: nodes + other.nodes, cuts: cuts + other.cuts,
      nodesClosedByCuts: nodesClosedByCuts + other.nodesClosedByCuts,
      seconds: max(seconds, other.seconds), stop: stop == .gap ? other.stop : stop,
      coefficientBound: coefficientBound,
      heuristicValue: heuristicValue + other.heuristicValue)
  }
}
