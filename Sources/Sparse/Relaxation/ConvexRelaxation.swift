/// The relaxation of supports to indicators in [0, 1], and the solution that it rounds to.
///
///     min Σₖ gₖ(zₖ) + λ_z/2 P(z),   0 ≤ z ≤ 1,   Σⱼ zₖⱼ ≤ s
///
/// with gₖ the perspective value of a task. P is either the pattern term itself, which is quadratic, or
/// its convex envelope on indicators, Σⱼ (1/K) Σ_{k<l} |zₖⱼ − zₗⱼ|. Both are weak where λ_z matters,
/// because equal fractions cost nothing.
///
/// - Source: the open question of remark 1 in arXiv:2212.08697; the envelope is the Lovász extension of the
///   cut function m (K − m)/K.
public struct ConvexRelaxation: Sendable {
  /// The relaxed pattern term.
  public enum Pattern: String, Sendable, CaseIterable {
    /// Σₖ ‖zₖ − z̄‖².
    case quadratic
    /// Its convex envelope.
    case envelope
  }

  /// A relaxed solution.
  public struct Solution: Sendable {
    /// No solution has a smaller F, to the precision of the descent.
    public let bound: Double
    /// z, one list a task.
    public let levels: [[Double]]
    /// The s largest indicators of each task, with refitted coefficients.
    public let rounded: SparseFit
  }

  private let problem: SparseProblem

  public init(_ problem: SparseProblem) {
    self.problem = problem
  }

  /// - Throws: `SparseError`: `bad-setting`, `needs-ridge` without ridge, `not-squared-loss` for the
  ///   quadratic relaxation of logistic tasks.
  public func solve(
    _ settings: SparseSettings, _ pattern: Pattern
  ) throws(SparseError) -> Solution {
    try settings.validate()
    if pattern == .quadratic, let task = problem.tasks.first(where: { $0.kind != .gaussian }) {
      throw SparseError(
        "not-squared-loss", at: "task \"\(task.name)\"",
        "the quadratic relaxation needs squared loss, and this task is \(task.kind.rawValue)",
        hint: "use the envelope, or fit the classes 0 and 1 as numbers")
    }
    guard settings.ridge > 0 else {
      throw SparseError(
        "needs-ridge", at: "Ridge", "the perspective of a ridge of 0 is not finite",
        hint: "give a ridge above 0")
    }
    switch pattern {
    case .quadratic:
      let (bound, levels) = QuadraticRelaxation(problem, settings).run()
      return solution(bound, levels, settings)
    case .envelope:
      let relaxation = NodeRelaxation(problem, settings, bound: .infinity)
      let root = NodeFixings(
        tasks: problem.taskCount, features: problem.featureCount,
        supportSize: min(settings.supportSize, problem.featureCount))
      let empty = Objective(problem: problem, settings: settings).value(
        SparseCoefficients(tasks: problem.taskCount, features: problem.featureCount))
      let found = relaxation.run(
        root, from: .init(prices: problem.tasks.map { _ in 0.01 }), target: 10 * empty,
        roundLimit: 400, precision: 1e-6)
      var levels = problem.tasks.map { _ in
        Array(repeating: 0.0, count: problem.featureCount)
      }
      for entry in found.levels { levels[entry.task][entry.feature] = entry.level }
      return solution(found.bound.value, levels, settings)
    }
  }

  private func solution(
    _ bound: Double, _ levels: [[Double]], _ settings: SparseSettings
  ) -> Solution {
    let supports = levels.map { largest(settings.supportSize, of: $0, above: 1e-6) }
    return Solution(
      bound: bound, levels: levels,
      rounded: SparseSolver(problem).refit(supports, settings))
  }
}
