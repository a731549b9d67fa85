import RankineGraph

/// Removes whole inputs like the group lasso, and leaves groups with large norms as they are.
///
/// With θ the norm of a group, ωⱼ its column weight and ℓ = λ ωⱼ:
///
///     penalty(θ) = ℓ θ for θ ≤ ℓ,  (2aℓθ − θ² − ℓ²)/(2(a − 1)) up to a ℓ,  ℓ²(a + 1)/2 beyond
///     prox at step s < a − 1:   θ ← max(0, θ − s ℓ) for θ ≤ (1 + s) ℓ,
///                               ((a − 1)θ − s a ℓ)/(a − 1 − s) up to a ℓ,  θ beyond
///     prox at step s ≥ a − 1:   the better one of min(ℓ, max(0, θ − s ℓ)) and max(θ, a ℓ)
///
/// The map is the exact minimizer at every step size: at steps of a − 1 and more the problem is concave
/// between ℓ and a ℓ, so that the minimum lies below or above.
///
/// - Shapes: the weight is [units, inputs] or [copies, units, inputs].
/// - Source: Fan & Li, JASA 96 (2001), section 2; Breheny & Huang, Statistics and Computing 25 (2015),
///   section 2, for groups; without the root of the group size.
public struct GroupSCAD: Penalty {
  public let strength: Strength
  /// a: from norms of a λ on nothing is shrunk. Infinity would be the group lasso.
  public let a: Double
  /// Which weights stand or fall together.
  public let grouping: Grouping

  /// - Parameters:
  ///   - strength: λ.
  ///   - a: above 2.
  ///   - grouping: which weights stand or fall together.
  public init(
    _ strength: Strength = .path(count: 8), a: Double = 3.7, over grouping: Grouping = .inputs
  ) {
    (self.strength, self.a, self.grouping) = (strength, a, grouping)
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    let norms = grouping.norms(of: weight)
    let limit = limit(strength, columnWeights, like: norms)
    return cost(norms, limit).sum()
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    prox(
      weight, strength: threshold, step: weight.graph.constant(1), columnWeights: columnWeights)
  }

  public func prox(
    _ weight: Tensor, strength: Tensor, step: Tensor, columnWeights: Tensor?
  ) -> Tensor {
    let norms = grouping.norms(of: weight)
    let limit = limit(strength, columnWeights, like: norms)
    let soft: Tensor = maximum(norms - step * limit, 0)

    let slope: Tensor = a - 1 - step
    let isConvex: Tensor = greater(slope, weight.graph.constant(1e-6))
    let middle: Tensor =
      ((a - 1) * norms - a * step * limit) / select(isConvex, slope, slope.zeros + 1)
    let bounded: Tensor = select(greater(norms, limit + step * limit), middle, soft)
    let convex: Tensor = select(greater(norms, a * limit), norms, bounded)

    let low: Tensor = minimum(limit, soft)
    let high: Tensor = maximum(norms, a * limit)
    func total(_ theta: Tensor) -> Tensor {
      0.5 * square(theta - norms) + step * cost(theta, limit)
    }
    let concave: Tensor = select(greater(total(low), total(high)), high, low)
    return grouping.scaling(weight, by: select(isConvex, convex, concave) / norms)
  }

  public var screensInputs: Bool { grouping != .units }

  public func removingStrength(for gradient: Tensor) -> Tensor {
    grouping.norms(of: gradient).largest()
  }

  public var summary: String { "GroupSCAD(\(strength), a: \(a), over: \(grouping))" }

  public func validate() throws(Misuse) {
    try strength.validate(of: summary)
    guard a.isFinite, a > 2 else {
      throw Misuse(
        "bad-hyperparameter", "the a of \(summary) is \(a)", hint: "give a finite number above 2")
    }
  }

  /// The penalty of norms θ.
  private func cost(_ theta: Tensor, _ limit: Tensor) -> Tensor {
    let curve: Tensor =
      (2 * a * limit * theta - square(theta) - square(limit)) / (2 * (a - 1))
    let small: Tensor = select(greater(theta, limit), curve, limit * theta)
    return select(greater(theta, a * limit), 0.5 * (a + 1) * square(limit), small)
  }

  private func limit(_ strength: Tensor, _ columnWeights: Tensor?, like norms: Tensor) -> Tensor {
    let limit: Tensor = grouping.factor(columnWeights).map { strength * $0 } ?? strength
    return limit.broadcast(to: norms.shape)
  }
}
