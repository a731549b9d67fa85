import Foundation
import RankineData
import RankineEvaluation
import RankineLanguage

/// The rows of a fit in the form that the graph's leaves have.
package struct TrainingSample: Sendable {
  package let rowCount: Int
  package let featureCount: Int
  package let taskCount: Int
  package let features: FeatureRows
  /// Task by task, one key a row; NaN where the outcome is missing.
  package let high: [Double]
  package let low: [Double]
  /// Task by task, 0 where missing.
  package let target: [Double]
  /// Task by task, normal scores of the outcomes' ranks among these rows, 0 where missing.
  package let normalScores: [Double]
  /// Task by task, 1 where the outcome is known, else 0.
  package let observed: [Double]
  /// Task by task, logarithms of exposures, 0 where there are none.
  package let offset: [Double]
  /// Task by task, entry times over observed times, 0 for rows that are watched from the start; nil where
  /// all rows of all tasks are.
  package let entryShare: [Double]?
  /// What pairs of rows count for.
  package let pairs: SamplePairs
  /// Task by task, 1 in the task's own rows, else 0; nil where all tasks share all rows.
  package let own: [Double]?
  /// The positions of the rows of each set of tasks that shares its rows, in the order of the tasks; one
  /// set of all rows where all tasks do.
  package let rowSets: [[Int]]
  /// The share of each task's rows among the rows of all tasks.
  package let shares: [Double]

  /// Some rows of the features and outcomes.
  ///
  /// - Parameter scalesTargets: whether targets are brought to a scale without units, so that a loss
  ///   of residuals or times means the same in dollars and in days.
  package init(
    _ features: FeatureMatrix, outcomes: [OutcomeValues], rows: [Int], scalesTargets: Bool = false
  ) {
    rowCount = rows.count
    featureCount = features.columnCount
    taskCount = outcomes.count
    self.features = FeatureRows(features, rows: rows)
    high = outcomes.flatMap { outcome in rows.map { outcome.high[$0] } }
    low = outcomes.flatMap { outcome in rows.map { outcome.low[$0] } }
    let values = outcomes.flatMap { outcome in
      let values = rows.map { outcome.values[$0] }
      return scalesTargets ? scaledTargets(values, of: outcome.scale) : values
    }
    normalScores = outcomes.flatMap { outcome in
      RankineTraining.normalScores(rows.map { outcome.values[$0] }).map { $0.isNaN ? 0 : $0 }
    }
    target = values.map { $0.isNaN ? 0 : $0 }
    observed = values.map { $0.isNaN ? 0 : 1 }
    offset = outcomes.flatMap { outcome in
      rows.map { row in
        let exposure = outcome.companions.exposure?[row] ?? 1
        return exposure.isNaN ? 0 : log(exposure)
      }
    }
    let hasEntries = outcomes.contains { $0.companions.entry != nil }
    entryShare = hasEntries ? outcomes.flatMap { Self.entryShares(of: $0, rows: rows) } : nil
    pairs = SamplePairs(outcomes, rows: rows)
    let owned = outcomes.map { outcome in
      rows.map { row in outcome.companions.isOwn?[row] ?? true }
    }
    if let sets = outcomes.rowSetNumbers {
      own = owned.flatMap { $0.map { $0 ? 1 : 0 } }
      rowSets = (0...(sets.max() ?? 0)).map { set in
        let owned = sets.firstIndex(of: set).map { owned[$0] } ?? []
        return owned.indices.filter { owned[$0] }
      }
    } else {
      (own, rowSets) = (nil, [Array(rows.indices)])
    }
    let counts = owned.map { owned in Double(owned.count { $0 }) }
    let total = max(1, counts.reduce(0, +))
    shares = counts.map { $0 / total }
  }

  /// Entry over observed time; 0 for a row that is watched from the start, or whose time is unknown.
  private static func entryShares(of outcome: OutcomeValues, rows: [Int]) -> [Double] {
    rows.map { row in
      let share = (outcome.companions.entry?[row] ?? 0) / outcome.values[row]
      return share.isFinite ? share : 0
    }
  }

  /// The rows that batches draw from, a list for each part of a batch.
  ///
  /// - Parameter isApart: whether every task reads the part of its set. Then a set without rows keeps its
  ///   part, of a row at which its tasks have no outcome; else it has none.
  package func blocks(isApart: Bool) -> [[Int]] {
    isApart ? rowSets.map { $0.isEmpty ? [0] : $0 } : rowSets.filter { !$0.isEmpty }
  }

  /// The rows of each set behind those of another, each filled up to the longest with a row at which its
  /// tasks have no outcome.
  package var paddedRows: [Int32] {
    let longest = rowSets.map(\.count).max() ?? 0
    return rowSets.indices.flatMap { set in
      let other = rowSets.indices.first { $0 != set && !rowSets[$0].isEmpty }
      let filler = other.map { rowSets[$0][0] } ?? 0
      return (rowSets[set] + Array(repeating: filler, count: longest - rowSets[set].count))
        .map { Int32($0) }
    }
  }

  /// The leaves that have a value for each task and row.
  package var rowLeaves: [(name: String, values: [Double])] {
    [
      (LeafName.high, high), (LeafName.low, low), (LeafName.target, target),
      (LeafName.normalScores, normalScores), (LeafName.observed, observed),
      (LeafName.offset, offset),
    ]
      + (own.map { [(LeafName.own, $0)] } ?? [])
      + (entryShare.map { [(LeafName.entryShare, $0)] } ?? [])
      + pairs.numbers.enumerated().map { (LeafName.pairNumber($0), $1) }
  }

  /// Comparable ordered pairs of each task.
  package var comparablePairs: [Int] {
    (0..<taskCount).map { task in
      let range = (task * rowCount)..<((task + 1) * rowCount)
      return comparablePairCount(high: Array(high[range]), low: Array(low[range]))
    }
  }
}
