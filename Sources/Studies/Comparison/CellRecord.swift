import RankineEvaluation
import RankineSparse
import RankineTraining

/// One model on one split, as its file in the folder `cells` holds it.
public struct CellRecord: Codable, Sendable, Equatable {
  /// A feature and its place in the model.
  public struct Feature: Codable, Sendable, Equatable {
    public let name: String
    /// From 1 for the largest norm, the mean rank where norms are equal.
    public let rank: Double
    public let norm: Double
    /// Whether any of its weights is not exactly zero.
    public let isSelected: Bool
  }

  /// How a fit that was kept came along: its mean validation concordance over tasks after each epoch.
  public struct Curve: Codable, Sendable, Equatable {
    /// The task that the fit is for; nil for a fit of all tasks.
    public let task: String?
    /// NaN where no task has a comparable pair.
    public let concordance: [Double]
  }

  public let model: String
  /// From 1.
  public let split: Int
  /// The seed of split and fit.
  public let seed: UInt64
  /// A digest of data, split, options and hyperparameters: cells of another setup are not mixed in.
  public let setup: String
  /// Of the test rows.
  public let metrics: TaskMetrics
  /// From the largest norm to the smallest.
  public let features: [Feature]
  public let curves: [Curve]
  /// The combinations of hyperparameters that were tried; nil without a grid.
  public var trials: [HyperparameterTrial]?
  /// How long the fit took.
  public let seconds: Double
  /// How far the tasks use the same features: `SupportPattern.homogeneity` of those that move their
  /// scores; nil for a single task.
  public var supportHomogeneity: Double?

  /// The name of its file, without the ending.
  var fileName: String { Self.fileName(model: model, split: split) }

  static func fileName(model: String, split: Int) -> String { "\(model)-split-\(split)" }

  /// How many features it kept.
  public var selectedCount: Int { features.count(where: \.isSelected) }
}

extension CellRecord {
  init(_ fit: FittedModel, model: String, split: Int, setup: String, seconds: Double) {
    let features = fit.features.map {
      Feature(name: $0.name, rank: $0.rank, norm: $0.norm, isSelected: $0.isSelected)
    }
    let curves = fit.chosen.map { chosen in
      Curve(
        task: chosen.task,
        concordance: fit.epochs(of: chosen).map {
          Statistics.mean($0.concordance.compactMap { $0 })
        })
    }
    self.init(
      model: model, split: split, seed: fit.seed, setup: setup, metrics: fit.metrics,
      features: features, curves: curves, trials: fit.trials.isEmpty ? nil : fit.trials,
      seconds: seconds, supportHomogeneity: fit.supportHomogeneity)
  }
}

extension FittedModel {
  fileprivate var supportHomogeneity: Double? {
    guard outcomes.count > 1 else { return nil }
    return SupportPattern.homogeneity(
      of: outcomes.indices.map { task in
        features.indices.filter { features[$0].relevance[task] > 0 }
      })
  }

  /// The epochs of one of its fits.
  func epochs(of fit: StrengthRecord) -> [EpochRecord] {
    history.filter {
      $0.task == fit.task && $0.stage == fit.stage && $0.strengthIndex == fit.index
    }
  }
}

/// A model that could not be fitted on a split.
public struct CellFailure: Codable, Sendable, Equatable {
  public let model: String
  /// From 1.
  public let split: Int
  /// What went wrong, as the error says it.
  public let message: String
}
