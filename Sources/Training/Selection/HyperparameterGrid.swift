/// Values of hyperparameters of which validation chooses, every combination of them being fitted.
///
///     HyperparameterGrid(["bandwidth=0.1/0.3/1", "sharedWidth=32/64"])
public struct HyperparameterGrid: Sendable, Equatable {
  /// A value for each hyperparameter of the grid, the last changing fastest; one empty combination where
  /// the grid has none.
  public let combinations: [[FittedModel.Setting]]

  /// - Parameter lines: `name=value/value/…`; texts that a hyperparameter does not take are found when the
  ///   combination is applied.
  public init(_ lines: [String]) {
    combinations = lines.reduce([[]]) { combinations, line in
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let values = parts.count < 2 ? [""] : parts[1].split(separator: "/").map(String.init)
      return combinations.flatMap { combination in
        values.map { combination + [FittedModel.Setting(name: String(parts[0]), value: $0)] }
      }
    }
  }
}

/// A combination of hyperparameters that was tried, and how validation judged it.
public struct HyperparameterTrial: Codable, Sendable, Equatable {
  /// The values of the grid.
  public let settings: [FittedModel.Setting]
  /// The validation concordance of the kept strengths, averaged over networks.
  public let concordance: Double
  public let isChosen: Bool
}

extension FittedModel.Setting {
  /// As `--set` takes it.
  package var text: String { "\(name)=\(value)" }
}

extension FittedModel {
  /// The validation concordance of the fits that were kept, averaged over networks.
  package var validationCriterion: Double {
    chosen.map(\.criterion).reduce(0, +) / Double(max(1, chosen.count))
  }

  /// Fits every combination of a grid and keeps the fit with the largest validation concordance, of equals
  /// the first. Test rows take no part in the choice.
  package static func best(
    of grid: HyperparameterGrid, fit: (_ combination: [Setting]) throws -> FittedModel
  ) throws -> FittedModel {
    guard grid.combinations.count > 1 else { return try fit(grid.combinations[0]) }
    var best = try fit(grid.combinations[0])
    var (criteria, chosen) = ([best.validationCriterion], 0)
    for (index, combination) in grid.combinations.enumerated().dropFirst() {
      let next = try fit(combination)
      criteria.append(next.validationCriterion)
      if criteria[index] > criteria[chosen] { (best, chosen) = (next, index) }
    }
    best.trials = grid.combinations.enumerated().map { index, combination in
      HyperparameterTrial(
        settings: combination, concordance: criteria[index], isChosen: index == chosen)
    }
    return best
  }
}
