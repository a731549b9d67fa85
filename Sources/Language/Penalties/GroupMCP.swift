import RankineGraph

/// Removes whole inputs like the group lasso, and leaves groups with large norms as they are.
///
/// With θ the norm of a group, ωⱼ its column weight and ℓ = λ ωⱼ:
///
///     penalty(θ) = ℓ θ − θ²/(2γ) for θ ≤ γ ℓ,  γ ℓ²/2 beyond
///     prox at step s < γ:   θ ← 0 for θ ≤ s ℓ,  (θ − s ℓ)/(1 − s/γ) up to γ ℓ,  θ beyond
///     prox at step s ≥ γ:   θ ← θ for θ > ℓ √(s γ),  else 0
///
/// The map is the exact minimizer at every step size: at steps of γ and more the problem is concave
/// between 0 and γ ℓ, and a group is kept whole or removed.
///
/// - Shapes: the weight is [units, inputs] or [copies, units, inputs].
/// - Source: Zhang, Annals of Statistics 38 (2010), section 2; Breheny & Huang, Statistics and Computing
///   25 (2015), section 2, for groups; without the root of the group size.
public struct GroupMCP: Penalty {
  public let strength: Strength
  /// γ: from norms of γ λ on nothing is shrunk. Infinity would be the group lasso.
  public let gamma: Double
  /// Which weights stand or fall together.
  public let grouping: Grouping

  /// - Parameters:
  ///   - strength: λ.
  ///   - gamma: γ, above 0.
  ///   - grouping: which weights stand or fall together.
  public init(
    _ strength: Strength = .path(count: 8), gamma: Double = 3, over grouping: Grouping = .inputs
  ) {
    (self.strength, self.gamma, self.grouping) = (strength, gamma, grouping)
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    let norms = grouping.norms(of: weight)
    let limit = limit(strength, columnWeights, like: norms)
    let isLarge: Tensor = greater(norms, gamma * limit)
    let curve: Tensor = limit * norms - square(norms) / (2 * gamma)
    return select(isLarge, 0.5 * gamma * square(limit), curve).sum()
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
    let slope: Tensor = 1 - step / gamma
    let isConvex: Tensor = greater(slope, weight.graph.constant(1e-6))
    let shrunk: Tensor = maximum(norms - step * limit, 0) / select(isConvex, slope, slope.zeros + 1)
    let soft: Tensor = select(greater(norms, gamma * limit), norms, shrunk)
    let hard: Tensor = norms * greater(norms, limit * sqrt(step * gamma))
    return grouping.scaling(weight, by: select(isConvex, soft, hard) / norms)
  }

  public var screensInputs: Bool { grouping != .units }

  public func removingStrength(for gradient: Tensor) -> Tensor {
    grouping.norms(of: gradient).largest()
  }

  public var summary: String { "GroupMCP(\(strength), gamma: \(gamma), over: \(grouping))" }

  public func validate() throws(Misuse) {
    try strength.validate(of: summary)
    try Misuse.unlessPositive(gamma, "gamma", of: summary)
  }

  private func limit(_ strength: Tensor, _ columnWeights: Tensor?, like norms: Tensor) -> Tensor {
    let limit: Tensor = grouping.factor(columnWeights).map { strength * $0 } ?? strength
    return limit.broadcast(to: norms.shape)
  }
}
