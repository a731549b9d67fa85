import Foundation

/// Values that a choice by held rows tries.
public enum SparseGrid {
  /// Support sizes for p features, from the smallest up, none larger than p.
  ///
  /// - Source: the automatic grid of the package of arXiv:2212.08697.
  public static func supportSizes(features p: Int) -> [Int] {
    let sizes =
      p <= 50
      ? [2, 4, 6, 10, 15, 20] : p <= 500 ? [5, 10, 15, 20, 30] : [5, 10, 15, 25, 40]
    let fitting = sizes.filter { $0 < p }
    return fitting.isEmpty ? [p] : fitting
  }

  /// λ₁: `count` values from 1 down to 10⁻⁷, evenly on the scale of exponents; 10⁻³ alone for one.
  public static func ridges(count: Int) -> [Double] {
    descending(count, from: 1, to: 1e-7, single: 1e-3)
  }

  /// λ₂: `count` values from e² down to 10⁻³, evenly on the scale of exponents, the last one 0.
  public static func coefficientSimilarities(count: Int) -> [Double] {
    descending(count - 1, from: exp(2), to: 1e-3, single: 0.1) + (count > 1 ? [0] : [])
  }

  /// λ_z: `count` values from 3 down to 3·10⁻³ over the largest pattern term that the supports can have,
  /// evenly on the scale of exponents, the last one 0.
  ///
  /// - Source: as `supportSizes`, with the exact largest term for any number of tasks.
  public static func supportSimilarities(
    count: Int, tasks: Int, supportSize: Int, features: Int
  ) -> [Double] {
    let largest = SupportPattern.largestHeterogeneity(
      tasks: tasks, supportSize: supportSize, features: features)
    guard largest > 0 else { return [0] }
    return descending(count - 1, from: 3 / largest, to: 3e-3 / largest, single: 0.3 / largest)
      + (count > 1 ? [0] : [])
  }

  /// Geometric steps; a single value for a count of 1 or less.
  static func descending(
    _ count: Int, from high: Double, to low: Double, single: Double
  ) -> [Double] {
    guard count > 1 else { return [single] }
    return (0..<count).map { high * pow(low / high, Double($0) / Double(count - 1)) }
  }
}
