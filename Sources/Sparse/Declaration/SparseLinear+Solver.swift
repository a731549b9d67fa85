import RankineData
import RankineLanguage

extension SparseLinear: LinearSolver {
  public var declaration: [String] {
    ["SparseLinear {"] + terms.map { "  " + $0.declaration } + ["}"]
  }

  public var makesChoices: Bool {
    terms.contains { term in
      switch term {
      case .support(let support): !support.isUnlimited && support.sizes.count != 1
      case .supportSimilarity(let term): term.strength.isPath
      case .coefficientSimilarity(let term): term.strength.isPath
      case .ridge(let term): term.strength.isPath
      case .merged, .certified: false
      }
    }
  }

  /// - Throws: `SparseError` (`unsupported-outcome`).
  public func check(_ tasks: [TaskDescription]) throws {
    for task in tasks { try SparseSampleReader.check(task.scale, of: task.name) }
  }

  /// Chooses among the settings by the trials' held rows, fits all rows with the chosen ones, and adds a
  /// certificate where one is declared.
  ///
  /// - Throws: `SparseError`: `unsupported-outcome` naming the task, and what the declaration's parts
  ///   give rise to.
  public func solve(_ sample: LinearSample, threads: Int) throws -> LinearSolution {
    let parts = try parts()
    let reader = try SparseSampleReader(sample, isMerged: parts.isMerged)
    let settings = try settings(
      parts, tasks: reader.taskCount, features: sample.features.columnCount)
    let trials = try sample.trials.map {
      SparseTuning.Trial(
        training: try reader.tasks($0.training), held: try reader.heldTasks($0.held))
    }
    let tuning = try SparseTuning(settings, trials: trials)
    let place = tuning.choice(by: rule)
    let chosen = tuning.entries[place].settings
    let problem = try SparseProblem(reader.tasks(sample.rows))
    var fit = try SparseSolver(problem).fit(chosen)
    var findings = chosen.findings
    if let certified = parts.certified {
      let proof = try ExactSolver(problem).solve(
        chosen, gap: certified.gap, limits: ExactSolver.Limits(nodes: certified.nodes), from: fit)
      fit = proof.fit
      findings.append(.init(name: "certificate", text: proof.certificate.summary))
    }
    findings.append(.init(name: "objective", text: "\(fit.objective)"))
    findings.append(
      .init(name: "support homogeneity", text: "\(SupportPattern.homogeneity(of: fit.supports))"))
    // What is shown as a path are the strengths of the chosen size.
    let shown = tuning.entries.indices.filter { isNear(tuning.entries[$0].settings, chosen, parts) }
      .reversed()
    let scored = reader.expanded(fit)
    return LinearSolution(
      weights: scored.map(\.coefficients), intercepts: scored.map(\.intercept),
      choices: shown.map { entry in
        LinearSolution.Choice(
          strength: leading(tuning.entries[entry].settings, parts),
          featureCount: tuning.entries[entry].featureCount,
          heldScores: tuning.entries[entry].heldScores)
      },
      chosen: shown.firstIndex(of: place).map {
        shown.distance(from: shown.startIndex, to: $0)
      } ?? 0,
      findings: findings)
  }

  /// The strength that stands for the settings in tables: that of the first path, else of the ridge.
  private func leading(_ settings: SparseSettings, _ parts: Parts) -> Double {
    if parts.supportSimilarity.isPath { return settings.supportSimilarity }
    if parts.coefficientSimilarity.isPath { return settings.coefficientSimilarity }
    return settings.ridge
  }

  /// Whether two settings differ in the leading strength alone.
  private func isNear(_ a: SparseSettings, _ b: SparseSettings, _ parts: Parts) -> Bool {
    guard a.supportSize == b.supportSize else { return false }
    let free = leading(a, parts)
    if parts.supportSimilarity.isPath {
      return a.ridge == b.ridge && a.coefficientSimilarity == b.coefficientSimilarity
    }
    if parts.coefficientSimilarity.isPath {
      return a.ridge == b.ridge
    }
    return free == a.ridge
  }
}

extension Strength {
  var isPath: Bool {
    if case .path = self { true } else { false }
  }
}

extension SparseSettings {
  /// As a fitted model keeps them.
  fileprivate var findings: [LinearSolution.Finding] {
    [
      .init(name: "support size", text: "\(supportSize)"),
      .init(name: "ridge", text: "\(ridge)"),
      .init(name: "coefficient similarity", text: "\(coefficientSimilarity)"),
      .init(name: "support similarity", text: "\(supportSimilarity)"),
    ]
  }
}
