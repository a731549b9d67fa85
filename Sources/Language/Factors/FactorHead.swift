import RankineGraph

/// A linear score of factors: of those that all tasks share, and of a task's own.
///
///     fᵣ(x) = αᵣ' (Sᵣ(x) − mᵣ)/sᵣ + βᵣ' (C(x) − m)/s + bᵣ
///
/// C is what the last layer of `Shared` gives, the features themselves where there is none, and Sᵣ what
/// the layer below gives for the task, where there is one. The coefficients are parameters `alpha`, `beta`
/// and `intercept`, which the phases of `Rounds` can move apart from the network. Means m and deviations s are numbers of the layer: a factor's scale
/// and its coefficient's cannot both be learned, and a penalty on β would be evaded by a larger C. The
/// phase `rescaling` makes them the factors' present means and deviations and changes coefficients and
/// intercepts so that no score changes:
///
///     β ← β s⁺/s,   b ← b + Σ β (m⁺ − m)/s,   (m, s) ← (m⁺, s⁺)
///
/// - Shapes: S is [tasks, rows, own factors], C is [rows, shared factors], the result is
///   [tasks, rows, 1]; α is [tasks, 1, own factors], β is [tasks + auxiliary rows, 1, shared factors].
/// - Source: Sui, Xu, Bai & Qu, arXiv:2505.24281. Means over C's rows are over the rows of all tasks.
public struct FactorHead: Layer {
  /// What draws the tasks' coefficients of shared factors together.
  public let integration: (any IntegrationPenalty)?
  /// What shrinks the coefficients of own factors.
  public let ownPenalty: (any Penalty)?
  /// What keeps own factors from repeating shared ones.
  public let separation: (any FactorPenalty)?
  /// Whether rescaling leaves the scale of shared factors as it is, for factors that are not learned.
  public let keepsSharedScale: Bool
  public let site: Site

  /// Declares the head; it is the last layer of `EachTask`.
  public init(
    integration: (any IntegrationPenalty)? = nil, own ownPenalty: (any Penalty)? = nil,
    separation: (any FactorPenalty)? = nil, keepsSharedScale: Bool = false, file: String = #fileID,
    line: Int = #line
  ) {
    (self.integration, self.ownPenalty, self.separation) = (integration, ownPenalty, separation)
    self.keepsSharedScale = keepsSharedScale
    self.site = Site(file: file, line: line)
  }

  /// That of the coefficients of shared factors.
  public var penalty: (any Penalty)? { integration }

  public var summary: String {
    let parts = [
      integration.map { "integration: \($0.summary)" }, ownPenalty.map { "own: \($0.summary)" },
      separation.map { "separation: \($0.summary)" },
      keepsSharedScale ? "keepsSharedScale: true" : nil,
    ]
    return "FactorHead(\(parts.compactMap { $0 }.joined(separator: ", ")))"
  }

  public var declaration: String { summary }
  public var keepsTasksApart: Bool { true }

  public func validate() throws(Misuse) {
    try integration?.validate()
    try ownPenalty?.validate()
    try separation?.validate()
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    guard let taskCount = scope.taskCount else {
      scope.report(
        Misuse(
          "not-in-each-task", "FactorHead stands where there are no tasks",
          hint: "put it into EachTask, of a model that is not pooled"))
      return input
    }
    let isOwn =
      input.shape.rank == 3 && input != scope.sharedOutputs.last ?? scope.taskFeatures
    let own = isOwn ? input : nil
    let shared = scope.sharedOutputs.last ?? (isOwn ? nil : input)
    // Scales are those of the whole sample, in which tasks are not read apart.
    let rescales = !scope.readsOwnRows
    let tasks: Dimension = .fixed(taskCount)
    let intercept = scope.coefficients("intercept", [tasks, 1, 1])
    var score = intercept.broadcast(to: [tasks, input.shape[input.shape.rank - 2], 1])
    var absorbed: Tensor = intercept
    var blocks: [Tensor] = []
    if let own {
      let coefficients = scope.coefficients("alpha", [tasks, 1, own.width], penalty: ownPenalty)
      let block = FactorBlock(own, ofEach: taskCount, scaledAs: "own", coefficients, in: scope)
      score = score + block.score(taskCount)
      if rescales { absorbed = absorbed + block.renew(in: scope, taskCount) }
      blocks.append(block.factors)
    }
    if let shared {
      let rows = taskCount + (integration?.auxiliaryRowCount(taskCount: taskCount) ?? 0)
      let coefficients = scope.coefficients(
        "beta", [.fixed(rows), 1, shared.width], penalty: integration)
      let block = FactorBlock(shared, scaledAs: "shared", coefficients, in: scope)
      score = score + block.score(taskCount)
      if rescales, !keepsSharedScale { absorbed = absorbed + block.renew(in: scope, taskCount) }
      blocks.append(block.factors)
    }
    if rescales { scope.renew(intercept, to: absorbed) }
    if let separation, blocks.count == 2, scope.isTraining {
      scope.add(separation.value(blocks[0], blocks[1], own: scope.ownRows))
    }
    return score
  }
}

/// Factors on a common scale, with their coefficients.
private struct FactorBlock {
  /// On the scale: [tasks, rows, width] or [rows, width].
  let factors: Tensor
  private let raw: Tensor
  private let center: Tensor
  private let scale: Tensor
  /// [rows of coefficients, 1, width].
  private let coefficients: Tensor

  /// - Parameters:
  ///   - raw: as the encoder gives them, with an axis of tasks or without.
  ///   - taskCount: the number of tasks, where each has factors and a scale of its own.
  init(
    _ raw: Tensor, ofEach taskCount: Int? = nil, scaledAs name: String, _ coefficients: Tensor,
    in scope: LayerScope
  ) {
    let shape: Shape = taskCount.map { [.fixed($0), 1, raw.width] } ?? [1, raw.width]
    self.raw = raw
    center = scope.scale("\(name).center", shape, initial: 0)
    scale = scope.scale("\(name).scale", shape, initial: 1)
    factors = (raw - center) / scale
    self.coefficients = coefficients
  }

  /// Σⱼ of factor times coefficient [tasks, rows, 1].
  func score(_ taskCount: Int) -> Tensor {
    let own = coefficients.sliced(0, from: 0, count: taskCount)
    return matmul(factors, own, transposeB: true)
  }

  /// Learns the scale anew.
  ///
  /// - Returns: what the intercepts gain by it [tasks, 1, 1].
  func renew(in scope: LayerScope, _ taskCount: Int) -> Tensor {
    let moments = raw.moments(own: raw.shape.rank == 3 ? scope.ownRows : nil)
    let own = coefficients.sliced(0, from: 0, count: taskCount)
    let gain: Tensor = (own * (moments.mean - center) / scale).sum(over: [2])
    let stretch: Tensor = moments.deviation / scale
    scope.renew(coefficients, to: coefficients * stretch)
    scope.renew(center, to: moments.mean)
    scope.renew(scale, to: moments.deviation)
    return gain.reshaped(to: [.fixed(taskCount), 1, 1])
  }
}

extension Tensor {
  /// The last axis.
  fileprivate var width: Dimension { shape[shape.rank - 1] }

  /// Mean and standard deviation over the rows, the axis before the last, which gets length 1; the
  /// deviation is 1 where all rows are equal.
  ///
  /// - Parameter own: 1 in the rows that count [tasks, rows]; nil for all rows.
  fileprivate func moments(own: Tensor?) -> (mean: Tensor, deviation: Tensor) {
    let axis = shape.rank - 2
    func mean(_ values: Tensor) -> Tensor {
      guard let own else { return values.mean(over: [axis]).insertingAxis(at: axis) }
      let weights = own.insertingAxis(at: 2)
      let count = maximum(weights.sum(over: [axis]), 1)
      return ((values * weights).sum(over: [axis]) / count).insertingAxis(at: axis)
    }
    let center = mean(self)
    let deviation: Tensor = sqrt(mean(square(self - center)))
    let isVaried: Tensor = greater(deviation, graph.constant(1e-6))
    return (center, select(isVaried, deviation, deviation.zeros + 1))
  }
}
