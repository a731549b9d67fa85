import RankineEvaluation

/// How steadily a model relies on a feature over splits.
public struct PredictorFrequency: Codable, Sendable, Equatable {
  public let model: String
  public let feature: String
  /// In how many of the model's splits its weights are not exactly zero.
  public let selectedCount: Int
  /// The splits in which the model was fitted.
  public let splitCount: Int
  /// The mean over splits of the rank of its norm, from 1 for the largest.
  public let meanRank: Double

  /// The share of splits that keep the feature.
  public var frequency: Double { Double(selectedCount) / Double(max(1, splitCount)) }

  /// The features of a model's cells, from the smallest mean rank to the largest.
  ///
  /// A feature that a split does not have (because it is constant there) ranks behind all others.
  static func all(of cells: [CellRecord]) -> [PredictorFrequency] {
    var ranks: [String: [Double]] = [:]
    var selected: [String: Int] = [:]
    for cell in cells {
      for feature in cell.features {
        ranks[feature.name, default: []].append(feature.rank)
        selected[feature.name, default: 0] += feature.isSelected ? 1 : 0
      }
    }
    let last = Double(ranks.count)
    return ranks.map { name, own in
      let padding = Array(repeating: last, count: cells.count - own.count)
      return PredictorFrequency(
        model: cells.first?.model ?? "", feature: name, selectedCount: selected[name] ?? 0,
        splitCount: cells.count, meanRank: Statistics.mean(own + padding))
    }.sorted { ($0.meanRank, $0.feature) < ($1.meanRank, $1.feature) }
  }
}
