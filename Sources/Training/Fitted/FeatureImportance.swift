import RankineEvaluation

/// How much a fitted model relies on one feature.
public struct FeatureImportance: Codable, Sendable, Equatable {
  /// As the preprocessor names it.
  public let name: String
  /// From 1 for the largest norm; the mean rank where norms are equal.
  public let rank: Double
  /// The norm of the feature's weights in the first layer, on standardized features; where tasks have
  /// first layers of their own the root mean square over tasks.
  public let norm: Double
  /// Whether any of those weights is not exactly zero. Without a penalty every feature is selected.
  public let isSelected: Bool
  /// For each task √(mean over training rows of (∂f/∂x)²): by how much the score moves with the
  /// feature, in score units per standard deviation.
  public let relevance: [Double]
  /// For each task the norm of the feature's weights in the first layer of the task's own encoder; nil
  /// where tasks have none.
  public let ownNorms: [Double]?

  /// From the largest norm to the smallest; equal norms in the order of the features.
  static func all(
    names: [String], norms: [Double], relevance: [[Double]], ownNorms: [[Double]]
  ) -> [FeatureImportance] {
    let selection = Selection(norms: norms)
    let ranks = selection.ranks
    return selection.order.map { feature in
      FeatureImportance(
        name: names[feature], rank: ranks[feature], norm: norms[feature],
        isSelected: norms[feature] > 0, relevance: relevance.map { $0[feature] },
        ownNorms: ownNorms.isEmpty ? nil : ownNorms.map { $0[feature] })
    }
  }
}
