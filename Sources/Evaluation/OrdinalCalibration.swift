/// From a score to one of M ordered levels and the probability of each.
///
/// The level is the number of thresholds below the score. P(Y ≥ m) is the isotonic fit of the
/// indicator of Y ≥ m; where interpolated curves would cross, the higher level is held at the lower
/// one, and the differences are the level probabilities.
public struct OrdinalCalibration: Codable, Equatable, Sendable {
  /// M − 1 nondecreasing thresholds; an end is ± the largest number, a skipped level repeats one.
  public let thresholds: [Double]
  /// P(Y ≥ 1), …, P(Y ≥ M − 1) against the score.
  public let atLeast: [IsotonicFit]

  /// - Parameters:
  ///   - scores: of rows that the model may learn from; never give test rows.
  ///   - values: level indices 0..<levels, NaN where missing.
  ///   - levels: M, at least 2.
  ///   - objective: what the thresholds maximize.
  ///   - task: the name that an error gives as its place.
  /// - Throws: `no-observed-outcome`; `level-out-of-range` for a value that is no level index.
  public init(
    scores: [Double], values: [Double], levels: Int, objective: OrdinalObjective = .accuracy,
    task: String = ""
  ) throws {
    precondition(levels >= 2, "an ordinal outcome has at least two levels")
    let rows = ObservedRows(scores: scores, values: values).sortedFinite()
    let isLevel = { (value: Double) in
      value >= 0 && value < Double(levels) && value == value.rounded()
    }
    if let value = rows.values.first(where: { !isLevel($0) }) {
      throw EvaluationError.levelOutOfRange(value, levels: levels, task: task)
    }
    guard rows.count > 0 else { throw EvaluationError.noObservedOutcome(task: task) }
    thresholds = OrdinalThresholds(rows: rows, levels: levels).best(for: objective)
    atLeast = try (1..<levels).map { level in
      try IsotonicFit(
        scores: rows.scores, values: rows.values.map { $0 >= Double(level) ? 1 : 0 }, task: task)
    }
  }

  /// - Throws: `DecodingError` unless thresholds do not decrease and each has its fit, at least one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    thresholds = try container.decode([Double].self, forKey: .thresholds)
    atLeast = try container.decode([IsotonicFit].self, forKey: .atLeast)
    guard !thresholds.isEmpty, thresholds.count == atLeast.count,
      zip(thresholds, thresholds.dropFirst()).allSatisfy({ $0 <= $1 })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .thresholds, in: container,
        debugDescription: "expected nondecreasing thresholds with a fit for each")
    }
  }

  /// The level index at a score.
  public func predict(_ score: Double) -> Double {
    score.isNaN ? .nan : Double(thresholds.count { score > $0 })
  }

  /// The probability of each level at a score; they sum to one.
  public func probabilities(_ score: Double) -> [Double] {
    var upper = 1.0
    var result: [Double] = []
    for fit in atLeast {
      let next = min(upper, fit.predict(score))
      result.append(upper - next)
      upper = next
    }
    return result + [upper]
  }
}
