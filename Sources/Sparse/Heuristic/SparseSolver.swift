/// Fits sparse-pattern regressions by block coordinate descent and local search.
///
///     let problem = try SparseProblem(tasks)
///     let fit = try SparseSolver(problem).fit(SparseSettings(supportSize: 5, supportSimilarity: 0.25))
///
/// The solution is a local optimum; `SparseCertificate` says how far from the best one it can be.
public struct SparseSolver {
  /// How much work is put into a fit.
  public struct Effort: Sendable {
    /// The most rounds of local search; 0 for none.
    public var searchRounds: Int
    /// Whether a fit without a given start is tried from several: wider supports, independent tasks, and
    /// a common support.
    public var triesSeveralStarts: Bool

    public init(searchRounds: Int = 50, triesSeveralStarts: Bool = true) {
      (self.searchRounds, self.triesSeveralStarts) = (searchRounds, triesSeveralStarts)
    }
  }

  /// The ridge of a second wide start, under which correlated features keep each other company.
  private static let strongRidge = 0.3

  let problem: SparseProblem
  private let effort: Effort
  private let memory: SolverMemory

  public init(_ problem: SparseProblem, effort: Effort = Effort()) {
    (self.problem, self.effort) = (problem, effort)
    memory = SolverMemory(problem)
  }

  /// - Parameter start: a fit of the same problem, whose coefficients are where this one begins.
  /// - Throws: `SparseError` (`bad-setting`).
  public func fit(
    _ settings: SparseSettings, from start: SparseFit? = nil
  ) throws(SparseError) -> SparseFit {
    try settings.validate()
    guard settings.supportSize < problem.featureCount else { return ridge(settings, from: start) }
    let objective = Objective(problem: problem, settings: settings)
    let starts = start.map { [$0.scaled] } ?? starts(objective)
    var best: (b: SparseCoefficients, value: Double, trace: [Double])?
    for start in starts {
      var trace: [Double] = []
      let b = solve(objective, from: start, trace: &trace)
      let value = objective.value(b)
      if best.map({ value < $0.value }) ?? true { best = (b, value, trace) }
    }
    let found =
      best?.b ?? SparseCoefficients(tasks: problem.taskCount, features: problem.featureCount)
    return fit(found, objective, settings, best?.trace ?? [])
  }

  /// The best coefficients on given supports, whatever their size.
  ///
  /// - Parameter supports: features of each task.
  public func refit(_ supports: [[Int]], _ settings: SparseSettings) -> SparseFit {
    precondition(supports.count == problem.taskCount, "a support for each task")
    let objective = Objective(problem: problem, settings: settings)
    let zero = SparseCoefficients(tasks: problem.taskCount, features: problem.featureCount)
    let b = SupportRefit(objective: objective).run(supports, from: zero)
    return fit(b, objective, settings, [])
  }

  // MARK: One start

  /// Descent and refit in turn until the supports stay, then local search.
  func solve(
    _ objective: Objective, from start: SparseCoefficients, trace: inout [Double]
  ) -> SparseCoefficients {
    let refitter = SupportRefit(objective: objective)
    let descent = IterativeThresholding(objective: objective, memory: memory)
    var b = start
    for round in 0..<10 {
      b = descent.run(from: b, trace: &trace)
      let value = objective.value(b)
      let refitted = refitter.run(b.supports, from: b)
      let reached = objective.value(refitted)
      guard reached <= value else { break }
      let isSettled = value - reached <= 1e-7 * abs(value)
      (b, trace) = (refitted, trace + [reached])
      if isSettled, round > 0 { break }
    }
    guard effort.searchRounds > 0 else { return b }
    let search = LocalSearch(
      refitter: refitter, memory: memory, roundLimit: effort.searchRounds)
    return search.run(from: b, trace: &trace)
  }

  /// From where a fit without a start begins: descents of a support three times as wide without ties
  /// between tasks, one with a stronger ridge; with ties also the independent fits and the common support.
  private func starts(_ objective: Objective) -> [SparseCoefficients] {
    let settings = objective.settings
    let wideStarts = Set([settings.effectiveRidge, max(settings.effectiveRidge, Self.strongRidge)])
      .sorted().map { wideStart(settings, ridge: $0) }
    guard effort.triesSeveralStarts else { return Array(wideStarts.prefix(1)) }
    let isTied = settings.supportSimilarity > 0 || settings.coefficientSimilarity > 0
    guard settings.sharing == .heterogeneous, isTied, problem.taskCount > 1 else {
      return wideStarts
    }
    return wideStarts
      + SparseSettings.Sharing.allCases.map { sharing in
        var loose = settings
        loose.supportSimilarity = 0
        loose.sharing = sharing
        if sharing == .heterogeneous { loose.coefficientSimilarity = 0 }
        return memory.start(.solved(loose)) {
          var ignored: [Double] = []
          let objective = Objective(problem: problem, settings: loose)
          let found = wideStarts.map { solve(objective, from: $0, trace: &ignored) }
          let values = found.map(objective.value)
          return found[values.indices.reduce(0) { values[$1] < values[$0] ? $1 : $0 }]
        }
      }
  }

  private func wideStart(_ settings: SparseSettings, ridge: Double) -> SparseCoefficients {
    var wide = settings
    wide.supportSize = min(3 * wide.supportSize, problem.featureCount)
    (wide.ridge, wide.coefficientSimilarity, wide.supportSimilarity) = (ridge, 0, 0)
    return memory.start(.descended(wide)) {
      let zero = SparseCoefficients(tasks: problem.taskCount, features: problem.featureCount)
      let descent = IterativeThresholding(
        objective: Objective(problem: problem, settings: wide), memory: memory)
      var ignored: [Double] = []
      return descent.run(from: zero, trace: &ignored)
    }
  }

  /// Supports of all features: no pattern, and a convex problem.
  private func ridge(_ settings: SparseSettings, from start: SparseFit?) -> SparseFit {
    var resolved = settings
    resolved.supportSimilarity = 0
    let objective = Objective(problem: problem, settings: resolved)
    if problem.tasks.allSatisfy({ $0.kind == .gaussian }) {
      let b = memory.ridgeSystem.solve(resolved)
      return fit(b, objective, settings, [objective.value(b)])
    }
    var trace: [Double] = []
    let zero = SparseCoefficients(tasks: problem.taskCount, features: problem.featureCount)
    let b = NewtonDescent(objective: objective).run(from: start?.scaled ?? zero, trace: &trace)
    return fit(b, objective, settings, trace)
  }

  private func fit(
    _ b: SparseCoefficients, _ objective: Objective, _ settings: SparseSettings, _ trace: [Double]
  ) -> SparseFit {
    SparseFit(
      tasks: problem.tasks.indices.map {
        problem.tasks[$0].unscaled(b.values[$0], intercept: b.intercepts[$0])
      },
      objective: objective.value(b), settings: settings, trace: trace, scaled: b)
  }
}
