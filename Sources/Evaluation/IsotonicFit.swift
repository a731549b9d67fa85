import RankineData

/// What a nondecreasing fit minimizes, summed over rows.
public enum IsotonicLoss: Codable, Hashable, Sendable {
  /// r²: a block's value is its mean.
  case squared
  /// r²/2 up to δ, linear beyond, in the unit of the outcome.
  case huber(delta: Double)
  /// |r|: a block's value is its weighted median.
  case absolute

  /// Huber's loss with δ = 1.345.
  public static let huber: IsotonicLoss = .huber(delta: ResidualMetrics.huberDelta)
}

/// The nondecreasing sequence closest to a given one.
///
/// - Parameters:
///   - values: finite numbers in the order in which the fit must not decrease.
///   - weights: one positive weight a value; nil weighs all alike.
///   - loss: what "closest" means. Where several values fit a block equally well, their middle is it.
/// - Returns: one fitted value for each given one.
/// - Complexity: O(n) for the squared loss. For the others a merge costs the size of the two blocks:
///   O(n log n) when blocks stay small, O(n²) simple steps for a sequence that only falls.
public func isotonicRegression(
  _ values: [Double], weights: [Double]? = nil, loss: IsotonicLoss = .squared
) -> [Double] {
  isotonicBlocks(
    values, weights: weights ?? Array(repeating: 1, count: values.count),
    groups: values.indices.map { $0..<($0 + 1) }, loss: loss
  ).flatMap { Array(repeating: $0.value, count: $0.groups.count) }
}

/// The pooled blocks of a fit: fitted values and the ranges of given groups they cover.
func isotonicBlocks(
  _ values: [Double], weights: [Double], groups: [Range<Int>], loss: IsotonicLoss
) -> [(value: Double, groups: Range<Int>)] {
  func pool<Block: IsotonicBlock>(
    _ make: (ArraySlice<Double>, ArraySlice<Double>) -> Block
  ) -> [(value: Double, groups: Range<Int>)] {
    var start = 0
    return poolAdjacentViolators(groups.map { make(values[$0], weights[$0]) }).map { block, count in
      defer { start += count }
      return (block.minimizer, start..<(start + count))
    }
  }
  switch loss {
  case .squared: return pool { MeanBlock(values: $0, weights: $1) }
  case .huber(let delta): return pool { RobustBlock(values: $0, weights: $1, delta: delta) }
  case .absolute: return pool { RobustBlock(values: $0, weights: $1, delta: 0) }
  }
}

/// A nondecreasing function from score to outcome, learned by pooling adjacent violators.
///
/// Equal scores are pooled first. Between the midpoints of neighbouring blocks the prediction is
/// linear, beyond the first and the last it is constant.
public struct IsotonicFit: Codable, Equatable, Sendable {
  /// The midpoint of each block on the score axis, strictly ascending.
  public let knots: [Double]
  /// The fitted value of each block, nondecreasing.
  public let values: [Double]

  /// - Parameters:
  ///   - scores: one a row; rows without a finite score and value are skipped.
  ///   - values: the outcome to fit.
  ///   - weights: one positive weight a row; nil weighs all alike.
  ///   - loss: what is minimized.
  ///   - task: the name that an error gives as its place.
  /// - Throws: `no-observed-outcome` when no row is left.
  public init(
    scores: [Double], values: [Double], weights: [Double]? = nil, loss: IsotonicLoss = .squared,
    task: String = ""
  ) throws {
    precondition(scores.count == values.count, "one score and one value a row")
    let order = scores.indices.filter { scores[$0].isFinite && values[$0].isFinite }
      .sorted { (scores[$0], $0) < (scores[$1], $1) }
    guard !order.isEmpty else { throw EvaluationError.noObservedOutcome(task: task) }
    let sorted = order.map { scores[$0] }
    let groups = runs(of: sorted)
    let blocks = isotonicBlocks(
      order.map { values[$0] }, weights: order.map { weights?[$0] ?? 1 }, groups: groups, loss: loss
    )
    knots = blocks.map { block in
      let first = sorted[groups[block.groups.lowerBound].lowerBound]
      let last = sorted[groups[block.groups.upperBound - 1].lowerBound]
      return 0.5 * first + 0.5 * last
    }
    self.values = blocks.map(\.value)
  }

  /// The fitted outcome at a score; NaN for a score that is NaN.
  public func predict(_ score: Double) -> Double {
    guard !score.isNaN else { return .nan }
    let next = knots.partitionPoint { $0 > score }
    guard next > 0 else { return values[0] }
    guard next < knots.count else { return values[knots.count - 1] }
    let share = (score - knots[next - 1]) / (knots[next] - knots[next - 1])
    return values[next - 1] + share * (values[next] - values[next - 1])
  }

  /// - Throws: `DecodingError` unless knots ascend, values do not decrease and both are as many, at
  ///   least one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    knots = try container.decode([Double].self, forKey: .knots)
    values = try container.decode([Double].self, forKey: .values)
    guard !knots.isEmpty, knots.count == values.count,
      zip(knots, knots.dropFirst()).allSatisfy({ $0 < $1 }),
      zip(values, values.dropFirst()).allSatisfy({ $0 <= $1 })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .knots, in: container,
        debugDescription: "expected ascending knots with as many nondecreasing values")
    }
  }
}
