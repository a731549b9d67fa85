import RankineGraph

/// Draws coefficients to a centre that other tasks have found, for a task that comes later.
///
///     P = Σᵣ ‖βᵣ − ĉ‖₂,   prox: βᵣ = ĉ + max(0, 1 − t/‖uᵣ − ĉ‖)(uᵣ − ĉ)
///
/// Under a large strength the coefficients are ĉ exactly; without any they owe it nothing.
///
/// - Source: the new task of arXiv:2505.24281, in the form of the reconstructed `Centroid`.
public struct FixedCentre: IntegrationPenalty {
  public let strength: Strength
  /// ĉ.
  public let centre: [Double]
  public var weighing: TaskWeighing { .equal }

  /// A penalty whose strength is chosen along a path by default.
  public init(_ strength: Strength = .path(count: 6), centre: [Double]) {
    (self.strength, self.centre) = (strength, centre)
  }

  public var summary: String { "FixedCentre(\(strength), centre: […])" }

  public func value(of rows: CoefficientRows) -> Tensor {
    rows.distances(of: rows.own - point(rows)).sum()
  }

  public func prox(
    _ rows: CoefficientRows, threshold: Tensor
  ) -> (own: Tensor, auxiliary: Tensor?) {
    let location = HuberLocation(
      thresholds: threshold.broadcast(to: [.fixed(rows.taskCount), 1]), distance: rows.distances)
    return (location.drawn(rows.own, to: point(rows)), nil)
  }

  /// The largest distance that a gradient moves coefficients by, for a step of length 1.
  public func removingStrength(for gradient: Tensor) -> Tensor {
    let rows = CoefficientRows(gradient, of: self)
    return rows.distances(of: rows.own).largest()
  }

  private func point(_ rows: CoefficientRows) -> Tensor { rows.own.graph.matrix([centre]) }
}
