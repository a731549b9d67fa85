import RankineData
import RankineGraph

/// Squared for small residuals, linear for large ones, so that outliers pull with bounded force.
///
///     ℓ(f, y) = r²/2 if |r| ≤ δ, else δ|r| − δ²/2,   r = f − y
///
/// Ordinal outcomes count as their levels 0, 1, 2, …, counts as they are.
///
/// - Units: δ and r are in the unit of the targets, ℓ in its square. Training gives continuous outcomes
///   in median absolute deviations of the training rows, unless told otherwise.
/// - Source: Huber, Ann. Math. Statist. 35 (1964); δ = 1.345 has 95 % efficiency at normal errors
///   of unit variance.
public struct Huber: Loss {
  /// δ, the residual from which on the loss is linear.
  public let delta: Double
  public let site: Site

  /// - Parameter delta: δ, above 0.
  public init(delta: Double = 1.345, file: String = #fileID, line: Int = #line) {
    self.delta = delta
    self.site = Site(file: file, line: line)
  }

  public var name: String { "Huber" }
  public var summary: String { "Huber(delta: \(delta))" }
  public var scales: Set<OutcomeScale> { [.continuous, .ordinal, .count] }

  public func validate() throws(Misuse) {
    try Misuse.unlessPositive(delta, "delta", of: name)
  }

  public func values(on batch: TaskBatch) -> Tensor {
    let residual: Tensor = batch.scores - batch.target
    let size: Tensor = abs(residual)
    let isLarge: Tensor = greater(size, batch.graph.constant(delta))
    let linear: Tensor = delta * size - delta * delta / 2
    return batch.meanOverObserved(select(isLarge, linear, 0.5 * square(residual)))
  }
}
