import RankineLanguage
import RankineTraining

extension FittedModel {
  /// The rows of the coefficients of shared factors: those of the tasks, and below them what a penalty
  /// keeps there; nil for a model without `FactorHead`.
  var coefficientRows: [[Double]]? {
    let weights = networkWeights
    guard !hasIndependentTasks,
      let head = weights.keys.sorted().first(where: { $0.hasSuffix(".beta") }),
      let beta = weights[head], let width = beta.extents.last, width > 0
    else { return nil }
    return (0..<(beta.values.count / width)).map {
      Array(beta.values[($0 * width)..<(($0 + 1) * width)])
    }
  }

  /// βᵣ, a row of coefficients of shared factors for each task, on factors of deviation 1; nil for a model
  /// without `FactorHead`.
  ///
  /// Factors may be rotated without a change of any score, so that distances between rows mean something
  /// and single numbers do not.
  public var sharedCoefficients: [[Double]]? {
    coefficientRows.map { Array($0.prefix(outcomes.count)) }
  }
}
