/// What a pair of rows with different levels a > b counts for.
public enum OrdinalPairWeights: String, Codable, Sendable, CaseIterable {
  /// 1: frequent levels count for more.
  case pairs
  /// 1/(n_a n_b), so that every two levels count for as much: the criterion is the mean of the AUCs of
  /// two levels each, whatever their sizes.
  case levels
  /// a − b: the further apart two levels are, the worse it is to put them in the wrong order.
  case gap
}

extension OrdinalOutcome {
  public var pairForms: [PairForm] {
    switch weights {
    case .pairs: []
    case .levels: [.product]
    case .gap: [.gap]
    }
  }

  /// With `.levels` each row has n/(M n_a), where n rows have M levels, so that weights are near 1.
  public func pairNumbers(of values: OutcomeValues, rows: [Int]) -> [[Double]] {
    let own = rows.map { values.values[$0] }
    guard weights == .levels else { return [own] }
    var sizes: [Double: Double] = [:]
    for level in own where !level.isNaN { sizes[level, default: 0] += 1 }
    let count = Double(own.count { !$0.isNaN })
    return [own.map { count / Double(sizes.count) / (sizes[$0] ?? 1) }]
  }
}

extension OutcomeType where Self == OrdinalOutcome {
  /// Ordered levels.
  ///
  /// - Parameters:
  ///   - levels: from low to high, each one in full or a beginning that only it has; none for numbers.
  ///   - weights: what a pair of rows of two levels counts for.
  public static func ordinal(_ levels: [String], weights: OrdinalPairWeights) -> OrdinalOutcome {
    OrdinalOutcome(levels: levels, weights: weights)
  }
}
