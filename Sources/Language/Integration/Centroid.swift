import RankineGraph

/// Draws all tasks to one centre by their distances: near tasks fuse with it exactly, and one far away
/// is pulled with bounded force.
///
///     P = minᶜ Σᵣ vᵣ ‖βᵣ − c‖₂
///     prox: c the group-Huber location of the uᵣ at thresholds t vᵣ,
///           βᵣ = c + max(0, 1 − t vᵣ/‖uᵣ − c‖)(uᵣ − c)
///
/// which is the joint minimum over c and all β. It does not depend on how factors are rotated. The centre
/// is the row below those of the tasks.
///
/// - Source: `centroid` of the reconstruction of arXiv:2505.24281; Duan & Wang, Annals of Statistics
///   2023, for the idea that a norm that is not squared adapts to outlying tasks.
public struct Centroid: IntegrationPenalty {
  public let strength: Strength
  public let weighing: TaskWeighing

  /// A penalty whose strength is chosen along a path by default.
  public init(_ strength: Strength = .path(count: 7), weighing: TaskWeighing = .bySize) {
    (self.strength, self.weighing) = (strength, weighing)
  }

  public var summary: String { "Centroid(\(strength), weighing: .\(weighing.rawValue))" }

  public func auxiliaryRowCount(taskCount: Int) -> Int { 1 }

  public func value(of rows: CoefficientRows) -> Tensor {
    guard let centre = rows.auxiliary else { return rows.own.graph.constant(0) }
    return (rows.weights * rows.distances(of: rows.own - centre)).sum()
  }

  public func prox(
    _ rows: CoefficientRows, threshold: Tensor
  ) -> (own: Tensor, auxiliary: Tensor?) {
    guard let start = rows.auxiliary else { return (rows.own, nil) }
    let location = HuberLocation(
      thresholds: threshold * rows.weights, distance: rows.distances)
    let centre = location.centre(of: rows.own, from: start)
    return (location.drawn(rows.own, to: centre), centre)
  }
}

/// Draws each coefficient of all tasks to one centre by its own distance, so that single factors fuse.
///
///     P = minᶜ Σᵣ vᵣ ‖βᵣ − c‖₁
///     prox: cⱼ the Huber location of the uᵣⱼ at thresholds t vᵣ, βᵣⱼ = cⱼ + soft(uᵣⱼ − cⱼ, t vᵣ)
///
/// It depends on how factors are rotated, which the model leaves open.
///
/// - Source: `centroidL1` of the reconstruction of arXiv:2505.24281.
public struct CentroidL1: IntegrationPenalty {
  public let strength: Strength
  public let weighing: TaskWeighing

  /// A penalty whose strength is chosen along a path by default.
  public init(_ strength: Strength = .path(count: 7), weighing: TaskWeighing = .bySize) {
    (self.strength, self.weighing) = (strength, weighing)
  }

  public var summary: String { "CentroidL1(\(strength), weighing: .\(weighing.rawValue))" }

  public func auxiliaryRowCount(taskCount: Int) -> Int { 1 }

  public func value(of rows: CoefficientRows) -> Tensor {
    guard let centre = rows.auxiliary else { return rows.own.graph.constant(0) }
    return (rows.weights * abs(rows.own - centre)).sum()
  }

  public func prox(
    _ rows: CoefficientRows, threshold: Tensor
  ) -> (own: Tensor, auxiliary: Tensor?) {
    guard let start = rows.auxiliary else { return (rows.own, nil) }
    let location = HuberLocation(thresholds: threshold * rows.weights) { abs($0) }
    let centre = location.centre(of: rows.own, from: start)
    return (location.drawn(rows.own, to: centre), centre)
  }
}
