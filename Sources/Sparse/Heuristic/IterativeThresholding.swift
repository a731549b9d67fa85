/// Block coordinate descent: thresholding steps on a set of active features, and one on all features
/// after each run of them; what enters there becomes active, until nothing does.
///
/// - Source: arXiv:2212.08697, its block coordinate descent with active sets.
struct IterativeThresholding {
  let objective: Objective
  let memory: SolverMemory
  /// Steps on one set of active features.
  var stepLimit = 500
  /// The relative decrease of F below which steps end.
  var tolerance = 1e-7

  private var problem: SparseProblem { objective.problem }
  private var settings: SparseSettings { objective.settings }
  /// Up to so many features all of them are active.
  private static let smallCount = 200

  /// - Parameter trace: F after each step is appended.
  func run(from start: SparseCoefficients, trace: inout [Double]) -> SparseCoefficients {
    var whole = ThresholdingSteps(objective, curvatures: memory.curvatures)
    var b = start
    b.values = whole.kept(start.values, averages: [])
    var state = DescentState(b, objective)
    guard problem.featureCount > Self.smallCount else {
      descend(&state, &whole, &trace)
      return state.b
    }
    var active = firstActive(state, whole)
    for _ in 0..<50 {
      let part = Objective(problem: problem.restricted(to: active), settings: settings)
      var steps = ThresholdingSteps(part, curvatures: part.problem.curvatures)
      var inner = DescentState(state.b.restricted(to: active), part)
      descend(&inner, &steps, &trace)
      let reached = inner.b.expanded(from: active, features: problem.featureCount)
      state = DescentState(reached, objective)
      let before = state.value
      whole.step(&state, &trace)
      let known = Set(active)
      let entering = state.b.union.filter { !known.contains($0) }
      if entering.isEmpty || before - state.value <= tolerance * max(before, 1e-12) { break }
      active = (active + entering).sorted()
    }
    return state.b
  }

  /// The features of the largest coefficients, or slopes where there are none, and all in use.
  private func firstActive(_ state: DescentState, _ steps: ThresholdingSteps) -> [Int] {
    let size = min(problem.featureCount, max(50, 3 * settings.supportSize))
    var rows = state.b
    if rows.values.allSatisfy({ $0.allSatisfy { $0 == 0 } }) {
      let residuals = problem.tasks.indices.map { objective.residual($0, state.predictors[$0]) }
      rows.values = steps.gradients(state.b, residuals)
    }
    return Set(largest(size, of: rows.rowNorms, above: 0)).union(state.b.union).sorted()
  }

  private func descend(
    _ state: inout DescentState, _ steps: inout ThresholdingSteps, _ trace: inout [Double]
  ) {
    for _ in 0..<stepLimit {
      let before = state.value
      steps.step(&state, &trace)
      if before - state.value <= tolerance * max(abs(before), 1e-12) { return }
    }
  }
}
