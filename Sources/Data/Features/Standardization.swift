import Foundation

/// How numeric predictors are brought to a common scale, learned on training rows.
public enum Standardization: String, Sendable, Codable, CaseIterable {
  /// (x − mean) / standard deviation, both with divisor n.
  case zScore = "z-score"
  /// Normal scores Φ⁻¹((r − ½)/n) of the training ranks r (averaged over ties), interpolated
  /// linearly between training values and constant beyond them. Encoded columns are z-scored.
  case rankNormal = "rank-normal"
  /// Left as they are.
  case none
}

/// The learned map of one feature.
enum FeatureScale: Codable, Sendable, Equatable {
  case identity
  case affine(mean: Double, deviation: Double)
  case interpolated(knots: [Double], scores: [Double])

  /// The map for training values that are not all equal.
  static func fit(_ values: [Double], by standardization: Standardization) -> FeatureScale {
    switch standardization {
    case .none: return .identity
    case .zScore:
      let (mean, deviation) = moments(values)
      return .affine(mean: mean, deviation: deviation)
    case .rankNormal: return rankNormal(values)
    }
  }

  func apply(_ value: Double) -> Double {
    switch self {
    case .identity: value
    case .affine(let mean, let deviation): (value - mean) / deviation
    case .interpolated(let knots, let scores): Self.interpolate(value, knots, scores)
    }
  }

  /// Mean and standard deviation (divisor n) in two passes, exact for equal values.
  static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    guard let first = values.first else { return (0, 0) }
    let count = Double(values.count)
    let mean = first + values.reduce(0) { $0 + ($1 - first) } / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let isAccurate = variance == 0 ? values.allSatisfy { $0 == first } : variance.isNormal
    return isAccurate ? (mean, variance.squareRoot()) : momentsOfExtremes(values)
  }

  /// The same of numbers whose squares overflow or underflow, by way of their shares of the largest.
  private static func momentsOfExtremes(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let largest = values.reduce(0) { max($0, abs($1)) }
    let shares = values.map { $0 / largest }
    let count = Double(values.count)
    let mean = shares.reduce(0, +) / count
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    return (mean * largest, max(variance.squareRoot() * largest, .leastNonzeroMagnitude))
  }

  private static func rankNormal(_ values: [Double]) -> FeatureScale {
    let sorted = values.sorted()
    let count = Double(sorted.count)
    var knots: [Double] = []
    var scores: [Double] = []
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      let averageRank = Double(start + 1 + end) / 2
      knots.append(sorted[start])
      scores.append(normalQuantile((averageRank - 0.5) / count))
      start = end
    }
    return .interpolated(knots: knots, scores: scores)
  }

  private static func interpolate(_ value: Double, _ knots: [Double], _ scores: [Double]) -> Double
  {
    var below = 0
    var above = min(knots.count, scores.count) - 1
    guard above >= 0 else { return 0 }
    if value <= knots[below] { return scores[below] }
    if value >= knots[above] { return scores[above] }
    while above - below > 1 {
      let middle = (below + above) / 2
      if knots[middle] <= value { below = middle } else { above = middle }
    }
    let share = (value - knots[below]) / (knots[above] - knots[below])
    return scores[below] + share * (scores[above] - scores[below])
  }
}
