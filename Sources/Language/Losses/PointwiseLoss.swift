import RankineData
import RankineGraph

/// A loss of one score and one outcome, averaged over the rows whose outcome is known.
///
///     L = Σᵢ oᵢ ℓ(fᵢ, yᵢ) / max(1, Σᵢ oᵢ),   o = 1 where the outcome is known
///
/// The outcome is a number: 0 or 1 of a binary one, the level 0, 1, 2, … of an ordinal one. A missing
/// outcome is shown to the closure as 1, and what it makes of that is not used.
///
/// - Shapes: the closure sees two tensors [tasks, batch] and returns one, element by element.
public struct PointwiseLoss: Loss {
  public let name: String
  public let summary: String
  public let scales: Set<OutcomeScale>
  public let site: Site
  let value: @Sendable (_ score: Tensor, _ target: Tensor) -> Tensor

  /// A pointwise loss of one's own; the closure returns ℓ, element by element.
  public init(
    _ name: String, file: String = #fileID, line: Int = #line,
    _ value: @escaping @Sendable (_ score: Tensor, _ target: Tensor) -> Tensor
  ) {
    self.init(
      name: name, summary: "PointwiseLoss(\"\(name)\") { … }",
      scales: [.continuous, .binary, .ordinal, .count], site: Site(file: file, line: line), value)
  }

  init(
    name: String, summary: String, scales: Set<OutcomeScale>, site: Site,
    _ value: @escaping @Sendable (_ score: Tensor, _ target: Tensor) -> Tensor
  ) {
    self.name = name
    self.summary = summary
    self.scales = scales
    self.site = site
    self.value = value
  }

  public func values(on batch: TaskBatch) -> Tensor {
    // 1 has a logarithm and a reciprocal, and so a derivative that is no NaN before it is dropped.
    let target: Tensor = select(batch.observed, batch.target, batch.target.zeros + 1)
    return batch.meanOverObserved(value(batch.scores, target))
  }
}
