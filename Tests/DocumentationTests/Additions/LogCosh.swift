import RankineData
import RankineGraph

/// The logarithm of the residual's hyperbolic cosine: a square near 0, the absolute value far away.
///
///     ℓ(f, y) = log cosh(f − y) = r + log(1 + e^(−2r)) − log 2,   r = f − y
///
/// - Units: r is in the outcome's unit, so bring the outcome to a scale on which 1 is a typical error.
/// - Differentiable to any order.
public struct LogCosh: Loss {
  public let site: Site

  /// The loss for continuous, ordinal and count outcomes.
  public init(file: String = #fileID, line: Int = #line) {
    self.site = Site(file: file, line: line)
  }

  public var name: String { "LogCosh" }
  public var summary: String { "LogCosh()" }
  public var scales: Set<OutcomeScale> { [.continuous, .ordinal, .count] }

  public func values(on batch: TaskBatch) -> Tensor {
    let residual: Tensor = batch.scores - batch.target
    let logTwo = 0.693147180559945
    return batch.meanOverObserved(residual + softplus(-2 * residual) - logTwo)
  }
}
