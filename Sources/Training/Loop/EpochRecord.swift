/// What one epoch of training came to.
public struct EpochRecord: Codable, Sendable, Equatable {
  /// The task whose own model it is about; nil for a model of all tasks.
  public internal(set) var task: String?
  /// Which part of the fit it belongs to: `path`, `adaptive` (the second path, with weighted columns)
  /// or `final` (all training and validation rows, after folds have chosen).
  public internal(set) var stage: String
  /// The position of λ on its path, from 0.
  public internal(set) var strengthIndex: Int
  /// λ.
  public let strength: Double
  /// From 1.
  public let epoch: Int
  /// The mean of the batches' losses.
  public let loss: Double
  /// The mean over the steps of the weight that balancing gave each task's loss or gradient.
  public let weights: [Double]
  /// Validation concordance of each task, nil where no pair is comparable; empty without validation.
  public let concordance: [Double?]
  /// Features with a column that is not zero.
  public let nonzeroCount: Int
}

/// What training at one strength came to.
public struct StrengthRecord: Codable, Sendable, Equatable {
  /// As in `EpochRecord`.
  public internal(set) var task: String?
  public internal(set) var stage: String
  /// The position of λ on its path, from 0.
  public internal(set) var index: Int
  /// λ.
  public let strength: Double
  /// The epoch whose weights were kept, from 1.
  public let bestEpoch: Int
  /// The mean over tasks of the validation concordance, or of the means over folds.
  public internal(set) var criterion: Double
  /// Validation concordance of each task, or its mean over folds; nil where no pair is comparable.
  public internal(set) var concordance: [Double?]
  /// Features with a column that is not zero, in the weights that were kept.
  public let nonzeroCount: Int
  /// Whether the penalty removed every feature before training ended.
  public let hasCollapsed: Bool
  /// Features that were left out of training although, at the weights that were kept, their gradients
  /// outweigh the penalty; nil where all features were trained.
  public let violatorCount: Int?

  /// Whether nothing is left of the features, at the end or in the weights that were kept.
  var hasNoFeature: Bool { hasCollapsed || nonzeroCount == 0 }
}
