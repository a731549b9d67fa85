import RankineData

/// The largest importance that any feature reaches when outcomes have nothing to do with features.
///
/// One number a permutation of the outcomes. Compared with it a feature's importance has a p-value that
/// allows for the number of features:
///
///     p = (1 + #{permutations whose largest importance is at least its own}) / (1 + permutations)
///
/// - Source: Westfall & Young, Resampling-Based Multiple Testing, 1993, chapter 2.
public struct PermutationNull: Sendable, Equatable {
  /// The largest importance of each permutation, ascending.
  public let maxima: [Double]

  public init(maxima: [Double]) {
    self.maxima = maxima.sorted()
  }

  /// The share of permutations, its own order among them, that reach an importance; nil without any.
  public func pValue(of importance: Double) -> Double? {
    guard !maxima.isEmpty else { return nil }
    let reaching = maxima.count - maxima.partitionPoint { $0 >= importance }
    return Double(1 + reaching) / Double(1 + maxima.count)
  }

  /// The importance above which p-values are at most a level; nil where so many permutations cannot
  /// give one.
  public func threshold(level: Double) -> Double? {
    let allowed = Int(level * Double(1 + maxima.count) + 1e-9) - 1
    return allowed >= 0 && allowed < maxima.count ? maxima[maxima.count - 1 - allowed] : nil
  }
}
