import RankineEvaluation
import RankineTraining

/// How well a fit finds the predictors that matter.
///
/// A fit with a network for each task has one selection a task, and every number is the mean over them.
public struct Recovery: Codable, Sendable, Equatable {
  /// The important predictors among the first s by norm, in expectation over ties; s is their number.
  public let truePositives: Double
  /// The predictors with weights that are not exactly zero.
  public let keptCount: Double
  /// For each important predictor, in the order of the data's columns, how probable its place among the
  /// first s is: 0 or 1 but for ties and means over tasks.
  public let shares: [Double]

  /// - Parameters:
  ///   - features: the names of the norms.
  ///   - selections: at least one, each of all features.
  init(of important: Set<String>, features: [String], selections: [Selection]) {
    let places = features.indices.filter { important.contains(features[$0]) }
    let shares = selections.map { $0.shares(top: important.count) }
    self.shares = places.map { place in Statistics.mean(shares.map { $0[place] }) }
    truePositives = self.shares.reduce(0, +)
    keptCount = Statistics.mean(selections.map { Double($0.nonzero.count) })
  }

  init(of important: Set<String>, by fit: FittedModel) {
    let names = fit.preprocessor.featureNames
    let norms = Dictionary(uniqueKeysWithValues: fit.features.map { ($0.name, $0.norm) })
    self.init(
      of: important, features: names,
      selections: fit.hasIndependentTasks
        ? fit.taskNorms.map(Selection.init(norms:))
        : [Selection(norms: names.map { norms[$0] ?? 0 })])
  }
}
