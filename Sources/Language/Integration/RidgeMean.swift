import RankineGraph

/// Shrinks all tasks towards their mean in proportion: the reference that does not adapt.
///
///     P = ½ Σᵣ ‖βᵣ − β̄‖²,   prox: βᵣ = ū + (uᵣ − ū)/(1 + t)
///
/// Tasks count alike.
///
/// - Source: Evgeniou & Pontil, KDD 2004; `ridgeMean` of the reconstruction of arXiv:2505.24281.
public struct RidgeMean: IntegrationPenalty {
  public let strength: Strength
  public var weighing: TaskWeighing { .equal }

  /// A penalty whose strength is chosen along a path by default.
  public init(_ strength: Strength = .path(count: 7)) {
    self.strength = strength
  }

  public var summary: String { "RidgeMean(\(strength))" }

  public func value(of rows: CoefficientRows) -> Tensor {
    0.5 * square(rows.own - mean(rows.own)).sum()
  }

  public func prox(
    _ rows: CoefficientRows, threshold: Tensor
  ) -> (own: Tensor, auxiliary: Tensor?) {
    let mean = mean(rows.own)
    return (mean + (rows.own - mean) / (1 + threshold), nil)
  }

  private func mean(_ rows: Tensor) -> Tensor { rows.mean(over: [0]).insertingAxis(at: 0) }
}
