import RankineData

/// Which features a model relies on, read from one importance number a feature.
///
/// The importance is the norm of the feature's column in the shared first layer, on standardized
/// features. Equal norms are common (exact zeros above all) and are never ordered by position:
/// a rank is the mean rank of its tie, a count is its expectation over random orders of the tie.
public struct Selection: Equatable, Sendable {
  /// The importance of each feature, at least 0.
  public let norms: [Double]
  /// The features from the largest norm to the smallest; equal norms stand in column order.
  public let order: [Int]

  /// - Parameter norms: one a feature; what is negative or no number counts as zero.
  public init(norms: [Double]) {
    let norms = norms.map { $0 >= 0 ? $0 : 0 }
    self.norms = norms
    order = norms.indices.sorted { (norms[$1], $0) < (norms[$0], $1) }
  }

  /// The features whose norm is not exactly zero, in column order.
  public var nonzero: [Int] { norms.indices.filter { norms[$0] > 0 } }

  /// The rank of each feature from 1 (largest norm), the mean rank within a tie.
  public var ranks: [Double] {
    var ranks = Array(repeating: 0.0, count: norms.count)
    for tie in ties {
      let middle = 0.5 * Double(tie.lowerBound + 1 + tie.upperBound)
      for feature in order[tie] { ranks[feature] = middle }
    }
    return ranks
  }

  /// How many important features stand among the first `top`, in expectation over ties.
  ///
  /// A tie of g features, t of them important, that shares its last m places adds t·m/g.
  ///
  /// - Parameters:
  ///   - important: the columns that truly matter.
  ///   - top: the number of places.
  public func truePositives(important: Set<Int>, top: Int) -> Double {
    var total = 0.0
    for tie in ties where tie.lowerBound < top {
      let hits = order[tie].count { important.contains($0) }
      let share = Double(min(tie.upperBound, top) - tie.lowerBound) / Double(tie.count)
      total += Double(hits) * share
    }
    return total
  }

  /// How probable it is that a feature stands among the first `top` when ties are ordered at random, one
  /// number a feature.
  public func shares(top: Int) -> [Double] {
    var shares = Array(repeating: 0.0, count: norms.count)
    for tie in ties where tie.lowerBound < top {
      let share = Double(min(tie.upperBound, top) - tie.lowerBound) / Double(tie.count)
      for feature in order[tie] { shares[feature] = share }
    }
    return shares
  }

  /// The ranges of `order` with equal norms.
  private var ties: [Range<Int>] { runs(of: order.map { norms[$0] }) }
}
