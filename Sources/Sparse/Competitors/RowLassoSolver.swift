import RankineData
import RankineLanguage

/// A `RowLasso` as a model is declared with it: the strength and α that held rows choose, or given ones.
///
/// Outcomes of all kinds become numbers of standard deviation 1, classes 0 and 1 first, counts first
/// log(1 + y).
public struct RowLassoSolver: LinearSolver {
  /// λ; a path goes from the smallest without features down to a hundredth of it.
  public let strength: Strength
  /// Values of α that held rows choose from.
  public let groupShares: [Double]

  /// - Precondition: each α is from 0 to 1, and there is one.
  public init(_ strength: Strength, groupShares: [Double]) {
    precondition(!groupShares.isEmpty && groupShares.allSatisfy { (0...1).contains($0) }, "shares")
    (self.strength, self.groupShares) = (strength, groupShares)
  }

  public var declaration: [String] {
    ["RowLassoSolver(\(strength), groupShares: \(groupShares))"]
  }

  public var makesChoices: Bool { strength.isPath || groupShares.count > 1 }

  /// - Throws: `SparseError` (`unsupported-outcome`).
  public func check(_ tasks: [TaskDescription]) throws {
    for task in tasks { try SparseSampleReader.check(task.scale, of: task.name) }
  }

  /// - Throws: `SparseError`: `unsupported-outcome` naming the task, `bad-setting`.
  public func solve(_ sample: LinearSample, threads: Int) throws -> LinearSolution {
    let reader = try SparseSampleReader(sample, classes: .numbers)
    let problem = try SparseProblem(reader.tasks(sample.rows))
    let trials = try sample.trials.map { trial in
      try (
        problem: SparseProblem(reader.tasks(trial.training)), held: reader.heldTasks(trial.held)
      )
    }
    var best: (error: Double, share: Double, solution: LinearSolution)?
    for share in groupShares {
      let lasso = RowLasso(groupShare: share)
      let strengths = try strengths(lasso, problem)
      let tried = trials.map { (fits: lasso.path($0.problem, strengths: strengths), held: $0.held) }
      let choices = strengths.indices.map { place in
        let fits = tried.map { $0.fits[place] }
        return LinearSolution.Choice(
          strength: strengths[place],
          featureCount: fits.reduce(0) { $0 + Double($1.scaled.union.count) }
            / Double(max(1, fits.count)),
          heldScores: zip(fits, tried).map { fit, trial in
            zip(fit.tasks, trial.held).map { $0.scores(of: $1.design) }
          })
      }
      let errors = choices.map { choice in
        zip(choice.heldScores, tried).reduce(0) { $0 + SparseTuning.error($1.0, $1.1.held) }
      }
      let chosen = errors.indices.reduce(0) { errors[$1] < errors[$0] ? $1 : $0 }
      guard errors[chosen] < best?.error ?? .infinity || best == nil else { continue }
      let fits = lasso.path(problem, strengths: Array(strengths.prefix(chosen + 1)))
      guard let fit = fits.last else { continue }
      best = (
        errors[chosen], share,
        LinearSolution(
          weights: fit.tasks.map(\.coefficients), intercepts: fit.tasks.map(\.intercept),
          choices: choices, chosen: chosen,
          findings: [
            .init(name: "group share", text: "\(share)"),
            .init(name: "objective", text: "\(fit.objective)"),
            .init(
              name: "support homogeneity",
              text: "\(SupportPattern.homogeneity(of: fit.supports))"),
          ])
      )
    }
    guard let best else { preconditionFailure("there is a share") }
    return best.solution
  }

  private func strengths(
    _ lasso: RowLasso, _ problem: SparseProblem
  ) throws(SparseError) -> [Double] {
    switch strength {
    case .none: return [0]
    case .path(let count): return lasso.strengths(problem, count: count)
    case .fixed(let value):
      try SparseError.requireStrength(value, of: "selection")
      return [value]
    }
  }
}
