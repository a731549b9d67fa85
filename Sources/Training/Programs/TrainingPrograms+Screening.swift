import RankineCompiler
import RankineGraph
import RankineLanguage

extension TrainingPrograms {
  private static let screeningStep = 1.0 / 64
  /// So short a step is as good as none.
  private static let leastLength = 1e-30

  /// The programs of the same model over some of the features.
  func narrowed(to count: Int) throws -> TrainingPrograms {
    try TrainingPrograms(
      LoweredModel(declaration, features: count, tasks: tasks), featureCount: count,
      options: options, keepsText: false, isNarrow: true)
  }

  /// How far a feature is from staying at zero, for programs over some features, the others being at
  /// zero: after a step s from zero weights against the gradient over the whole sample, the norm of what
  /// the proximal map leaves, as a share of the step's length. It is 0 exactly where zero is optimal for
  /// this feature, the others being as they are; of several weights, and of several tasks' own, the
  /// largest counts. Output `excess` [width].
  ///
  /// With ∇ⱼ the gradient's column of feature j and Ω the penalty,
  ///
  ///     excessⱼ = ‖prox_{sλΩ}(−s∇)ⱼ‖ / ‖s∇ⱼ‖,   for the group lasso max(0, 1 − λωⱼ/‖∇ⱼ‖)
  ///
  /// The step is short, so that a penalty that is not convex has its form at zero. Features at zero add
  /// nothing to the products of the first layer, so these are formed with the others alone, and with
  /// their cotangents Δ, ∇ = ΔᵀX is the only product that reads all features.
  ///
  /// - Parameter width: the number of all features, those of `StepLeaf.allFeatures`.
  /// - Throws: `GraphError` when the model cannot be compiled.
  func screeningProgram(width: Int) throws -> CompiledProgram {
    let model = try LoweredModel(
      declaration, features: featureCount, tasks: tasks, layout: .given)
    let graph = model.graph
    let objective = model.objective()
    let screened = ScreenedWeights(model, objective)
    let products = screened?.products ?? []
    var slopes = objective.total.gradients(of: products.flatMap { $0 })[...]
    let weights = screened?.parameters ?? []
    let shares: [Tensor] = zip(weights, products).compactMap { weight, products in
      let own = Array(slopes.prefix(products.count))
      slopes = slopes.dropFirst(products.count)
      return share(of: weight, slopes: own, width: width)
    }
    let excess: Tensor = stack(shares).largest(over: [0])
    return try compile(Program("screen", graph: graph, outputs: [("excess", excess)]))
  }

  /// The excess of one weight's features [width], from the gradients of its products with them.
  private func share(of weight: LoweredParameter, slopes: [Tensor], width: Int) -> Tensor? {
    guard let penalty = weight.penalty, let strength = weight.strength else { return nil }
    let graph = weight.leaf.graph
    let count: Dimension = .fixed(width)
    let features = graph.input(StepLeaf.allFeatures, [.batch, count])
    // A product is linear in its weight, so any weight of this shape has the gradient looked for.
    let wide = graph.input(
      weight.name + ".all", Shape(weight.leaf.shape.dimensions.dropLast() + [count]))
    let product: Tensor = matmul(features, wide, transposeB: true)
    let gradients = slopes.map { product.cotangents(of: [wide], given: $0)[0] }
    guard let first = gradients.first else { return nil }
    let moved: Tensor = -Self.screeningStep * gradients.dropFirst().reduce(first, +)
    let left: Tensor = penalty.prox(
      moved, strength: strength, step: graph.constant(Self.screeningStep),
      columnWeights: weight.decays ? nil : graph.input(StepLeaf.allColumnWeights, [count]))
    let units = moved.shape.rank - 2
    // A feature that no row of a task has a value of has no gradient there, and no excess.
    let length: Tensor = moved.norm(over: [units]) + Self.leastLength
    let share: Tensor = sqrt(square(left).sum(over: [units])) / length
    return share.largest(over: Array(0..<units))
  }
}
