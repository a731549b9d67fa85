import RankineEvaluation

/// What was found along one path of strengths, from the largest down.
public struct StrengthPath: Sendable, Equatable {
  /// One strength: what folds found there, on average, or what the validation rows did.
  public struct Point: Sendable, Equatable {
    /// λ.
    public let strength: Double
    /// The mean over tasks of the concordance of rows that judge.
    public let concordance: Double
    /// Features with a column that is not zero.
    public let featureCount: Double

    init(_ records: [StrengthRecord]) {
      strength = Statistics.mean(records.map(\.strength))
      concordance = Statistics.mean(records.map(\.criterion))
      featureCount = Statistics.mean(records.map { Double($0.nonzeroCount) })
    }
  }

  /// `path` or `second path`, after the task where it has a network of its own.
  public let name: String
  public let points: [Point]
}

extension FittedModel {
  /// The paths of strengths that were tried.
  public var paths: [StrengthPath] {
    var records: [(name: String, records: [StrengthRecord])] = []
    for record in strengths where record.stage != "final" && record.strength > 0 {
      let stage = record.stage == "adaptive" ? "second path" : "path"
      let name = record.task.map { "\($0), \(stage)" } ?? stage
      if let place = records.firstIndex(where: { $0.name == name }) {
        records[place].records.append(record)
      } else {
        records.append((name, [record]))
      }
    }
    return records.map { name, records in
      let byPosition = Dictionary(grouping: records, by: \.index)
      return StrengthPath(
        name: name,
        points: byPosition.keys.sorted().compactMap {
          byPosition[$0].map(StrengthPath.Point.init)
        })
    }
  }
}
