import RankineGraph

/// Lets inputs act on all tasks alike, on single tasks in addition, or not at all.
///
/// For a first layer W + Vₖ of task k, W shared:
///
///     Ω = Σⱼ ωⱼ ( ‖W[:, j]‖₂ + r Σₖ ‖Vₖ[:, j]‖₂ )
///     prox: W[:, j] shrunk by t ωⱼ, each Vₖ[:, j] by t r ωⱼ, as groups of their own
///
/// - Shapes: the weight is [1 + tasks, units, inputs], W first, as `SharedPlusOwn` declares it.
/// - Source: Jalali, Ravikumar, Sanghavi & Ruan, NeurIPS 2010, for the split into shared and own
///   parts; group norms of columns in both parts, for first layers.
public struct Dirty: Penalty {
  public let strength: Strength
  /// r: how much more an own column costs than a shared one, which serves all tasks.
  public let ownFactor: Double

  /// - Parameters:
  ///   - strength: λ of shared columns.
  ///   - ownFactor: r, above 0.
  public init(_ strength: Strength = .path(count: 8), ownFactor: Double = 1.5) {
    (self.strength, self.ownFactor) = (strength, ownFactor)
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    let norms: Tensor = Grouping.inputs.norms(of: weight) * factors(weight)
    return strength * (columnWeights.map { norms * $0 } ?? norms).sum()
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let limit: Tensor = columnWeights.map { threshold * $0 } ?? threshold
    let norms = Grouping.inputs.norms(of: weight)
    return Grouping.inputs.scaling(
      weight, by: maximum(1 - limit * factors(weight) / norms, 0))
  }

  public var screensInputs: Bool { true }

  public func removingStrength(for gradient: Tensor) -> Tensor {
    (Grouping.inputs.norms(of: gradient) / factors(gradient)).largest()
  }

  public var summary: String { "Dirty(\(strength), ownFactor: \(ownFactor))" }

  public func validate() throws(Misuse) {
    try strength.validate(of: summary)
    try Misuse.unlessPositive(ownFactor, "own factor", of: summary)
  }

  public func validate(on copies: WeightCopies) throws(Misuse) {
    try copies.require(.sharedAndTasks, for: "Dirty")
  }

  /// 1 for the shared copy, r for the others [1 + tasks, 1].
  private func factors(_ weight: Tensor) -> Tensor {
    let count = weight.shape[0].count ?? 1
    return weight.graph.numbers([1] + Array(repeating: ownFactor, count: count - 1))
      .broadcast(to: [.fixed(count)]).reshaped(to: [.fixed(count), 1])
  }
}
