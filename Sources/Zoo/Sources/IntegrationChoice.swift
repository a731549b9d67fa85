import RankineLanguage

/// What draws the tasks' coefficients of shared factors together.
public enum IntegrationChoice: String, Sendable, CaseIterable, HyperparameterValue {
  /// One centre, by distances.
  case centroid
  /// One centre, coefficient by coefficient.
  case centroidL1
  /// Each two tasks, by their distance.
  case pairwise
  /// The mean, by squares.
  case ridgeMean
  /// Two centres.
  case twoCentroids
  /// Nothing.
  case none

  /// The penalty of a strength; nil for nothing.
  public func penalty(_ strength: Strength) -> (any IntegrationPenalty)? {
    switch self {
    case .centroid: Centroid(strength)
    case .centroidL1: CentroidL1(strength)
    case .pairwise: Pairwise(strength)
    case .ridgeMean: RidgeMean(strength)
    case .twoCentroids: MultiCentroid(strength, count: 2)
    case .none: nil
    }
  }
}
