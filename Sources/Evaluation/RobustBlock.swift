import RankineData

/// A block of an isotonic fit under the absolute loss or Huber's: keeps its values in order.
///
/// The slope of the loss at m is g(m) = Σ wᵢ clip(m − yᵢ, −δ, δ)/δ, with δ → 0 for the absolute
/// loss. It is nondecreasing, and its zeros (a point, or an interval whose middle is taken) are found
/// by bisection over the breakpoints yᵢ ± δ with prefix sums: O(log² n) after an O(n) merge.
struct RobustBlock: IsotonicBlock {
  private var values: [Double]
  private var weights: [Double]
  /// 0 for the absolute loss.
  private let delta: Double
  private(set) var minimizer: Double

  init(values: ArraySlice<Double>, weights: ArraySlice<Double>, delta: Double) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    self.values = order.map { values[$0] }
    self.weights = order.map { weights[$0] }
    self.delta = delta
    minimizer = 0
    locate()
  }

  mutating func absorb(_ next: RobustBlock) {
    var mergedValues: [Double] = []
    var mergedWeights: [Double] = []
    mergedValues.reserveCapacity(values.count + next.values.count)
    mergedWeights.reserveCapacity(values.count + next.values.count)
    var i = 0
    var j = 0
    while i < values.count || j < next.values.count {
      if j == next.values.count || (i < values.count && values[i] <= next.values[j]) {
        mergedValues.append(values[i])
        mergedWeights.append(weights[i])
        i += 1
      } else {
        mergedValues.append(next.values[j])
        mergedWeights.append(next.weights[j])
        j += 1
      }
    }
    (values, weights) = (mergedValues, mergedWeights)
    locate()
  }

  private mutating func locate() {
    minimizer = delta > 0 ? huberMinimizer() : weightedMedian()
  }

  /// The middle of the interval on which at most half of the weight lies on either side.
  private func weightedMedian() -> Double {
    let half = 0.5 * weights.reduce(0, +)
    var below = 0.0
    for index in values.indices {
      below += weights[index]
      if below == half, index + 1 < values.count {
        return 0.5 * values[index] + 0.5 * values[index + 1]
      }
      if below >= half { return values[index] }
    }
    return values[values.count - 1]
  }

  private func huberMinimizer() -> Double {
    let sums = PrefixSums(values: values, weights: weights, delta: delta)
    // The last breakpoint of each kind at which the slope is still negative, and the next ones.
    let lower = values.indices.partitionPoint { sums.slope(at: values[$0] - delta) >= 0 }
    let upper = values.indices.partitionPoint { sums.slope(at: values[$0] + delta) >= 0 }
    let right = min(
      lower < values.count ? values[lower] - delta : .infinity,
      upper < values.count ? values[upper] + delta : .infinity)
    let left = max(
      lower > 0 ? values[lower - 1] - delta : -.infinity,
      upper > 0 ? values[upper - 1] + delta : -.infinity)
    let slopeAtRight = sums.slope(at: right)
    if slopeAtRight == 0 { return 0.5 * right + 0.5 * endOfZeros(from: right, sums) }
    guard left.isFinite else { return right }
    // Linear between two neighbouring breakpoints, with a sign change inside.
    let slopeAtLeft = sums.slope(at: left)
    return left + (right - left) * (-slopeAtLeft / (slopeAtRight - slopeAtLeft))
  }

  /// The last breakpoint up to which the slope stays zero.
  private func endOfZeros(from start: Double, _ sums: PrefixSums) -> Double {
    let lower = values.indices.partitionPoint { sums.slope(at: values[$0] - delta) > 0 }
    let upper = values.indices.partitionPoint { sums.slope(at: values[$0] + delta) > 0 }
    return max(
      start, lower > 0 ? values[lower - 1] - delta : start,
      upper > 0 ? values[upper - 1] + delta : start)
  }
}

/// Sums that give the slope of a Huber block at any point by two searches.
private struct PrefixSums {
  let values: [Double]
  let delta: Double
  private var weight: [Double] = [0]
  private var moment: [Double] = [0]

  init(values: [Double], weights: [Double], delta: Double) {
    self.values = values
    self.delta = delta
    weight.reserveCapacity(values.count + 1)
    moment.reserveCapacity(values.count + 1)
    var weightSum = 0.0
    var momentSum = 0.0
    for index in values.indices {
      weightSum += weights[index]
      momentSum += weights[index] * values[index]
      weight.append(weightSum)
      moment.append(momentSum)
    }
  }

  /// Σ wᵢ clip(m − yᵢ, −δ, δ).
  func slope(at m: Double) -> Double {
    let below = values.partitionPoint { $0 > m - delta }
    let through = max(below, values.partitionPoint { $0 >= m + delta })
    let inside = weight[through] - weight[below]
    return delta * weight[below] - delta * (weight[values.count] - weight[through])
      + m * inside - (moment[through] - moment[below])
  }
}
