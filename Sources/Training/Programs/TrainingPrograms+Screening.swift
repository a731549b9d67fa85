import RankineCompiler
import RankineGraph
import RankineLanguage

extension TrainingPrograms {
  private static let screeningStep = 1.0 / 64

  /// The programs of the same model over some of the features.
  func narrowed(to count: Int) throws -> TrainingPrograms {
    try TrainingPrograms(
      LoweredModel(declaration, features: count, tasks: tasks), featureCount: count,
      options: options, keepsText: false, isNarrow: true)
  }

  /// How far a feature is from staying at zero: after a step s from zero weights against the gradient
  /// over the whole sample, the norm of what the proximal map leaves, as a share of the step's length.
  /// It is 0 exactly where zero is optimal for this feature, the others being as they are; of several
  /// weights, and of several tasks' own, the largest counts. Output `excess` [features].
  ///
  /// With ∇ⱼ the gradient's column of feature j and Ω the penalty,
  ///
  ///     excessⱼ = ‖prox_{sλΩ}(−s∇)ⱼ‖ / ‖s∇ⱼ‖,   for the group lasso max(0, 1 − λωⱼ/‖∇ⱼ‖)
  ///
  /// The step is short, so that a penalty that is not convex has its form at zero.
  func screeningProgram() throws -> CompiledProgram {
    let model = try LoweredModel(
      declaration, features: featureCount, tasks: tasks, layout: .given)
    let graph = model.graph
    let weights = model.parameters.filter { screenedNames.contains($0.name) }
    let gradients = model.objective().total.gradients(of: weights.map(\.leaf))
    let shares: [Tensor] = zip(weights, gradients).compactMap { weight, gradient in
      guard let penalty = weight.penalty, let strength = weight.strength else { return nil }
      let moved: Tensor = -Self.screeningStep * gradient
      let left: Tensor = penalty.prox(
        moved, strength: strength, step: graph.constant(Self.screeningStep),
        columnWeights: weight.columnWeights(featureCount: featureCount))
      let units = gradient.shape.rank - 2
      let share: Tensor = sqrt(square(left).sum(over: [units])) / moved.norm(over: [units])
      return share.largest(over: Array(0..<units))
    }
    let excess: Tensor = stack(shares).largest(over: [0])
    return try compile(Program("screen", graph: graph, outputs: [("excess", excess)]))
  }
}
