import RankineGraph

/// Lets an input act on a task in a way of its own only where it acts on some task at all.
///
/// For a first layer W + Vₖ of task k, W shared:
///
///     Ω = Σⱼ ωⱼ ( ‖(W[:, j], V₁[:, j], …, V_K[:, j])‖₂ + r Σₖ ‖Vₖ[:, j]‖₂ )
///     prox: each Vₖ[:, j] shrunk by t r ωⱼ, then all copies of column j together by t ωⱼ
///
/// The groups are nested, so the map of the inner ones followed by that of the outer ones is exact.
///
/// - Shapes: the weight is [1 + tasks, units, inputs], W first, as `SharedPlusOwn` declares it.
/// - Source: Jenatton, Mairal, Obozinski & Bach, JMLR 12 (2011), section 3.2, for nested groups.
public struct Hierarchical: Penalty {
  public let strength: Strength
  /// r: what an own column costs in addition, relative to the column as a whole.
  public let ownFactor: Double

  /// - Parameters:
  ///   - strength: λ of columns as a whole.
  ///   - ownFactor: r, at least 0.
  public init(_ strength: Strength = .path(count: 8), ownFactor: Double = 0.5) {
    (self.strength, self.ownFactor) = (strength, ownFactor)
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    let whole = Grouping.inputsOfAllTasks.norms(of: weight)
    let own = Grouping.inputs.norms(of: parts(weight).own).sum(over: [0])
    let norms: Tensor = whole + ownFactor * own
    return strength * (columnWeights.map { norms * $0 } ?? norms).sum()
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let (shared, own) = parts(weight)
    let inner = GroupLasso(strength).prox(
      own, threshold: threshold * ownFactor, columnWeights: columnWeights)
    return GroupLasso(strength, over: .inputsOfAllTasks).prox(
      concatenate([shared, inner], along: 0), threshold: threshold, columnWeights: columnWeights)
  }

  public var screensInputs: Bool { true }

  public func removingStrength(for gradient: Tensor) -> Tensor {
    Grouping.inputsOfAllTasks.norms(of: gradient).largest()
  }

  public var summary: String { "Hierarchical(\(strength), ownFactor: \(ownFactor))" }

  public func validate() throws(Misuse) {
    try strength.validate(of: summary)
    try Misuse.unlessNotNegative(ownFactor, "own factor", of: summary)
  }

  public func validate(on copies: WeightCopies) throws(Misuse) {
    try copies.require(.sharedAndTasks, for: "Hierarchical")
  }

  private func parts(_ weight: Tensor) -> (shared: Tensor, own: Tensor) {
    let count = weight.shape[0].count ?? 1
    return (
      weight.sliced(0, from: 0, count: 1), weight.sliced(0, from: 1, count: max(1, count - 1))
    )
  }
}
