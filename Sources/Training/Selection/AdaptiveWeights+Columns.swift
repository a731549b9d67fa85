import Foundation
import RankineEvaluation

extension AdaptiveWeights {
  /// Weights of the columns for a second path, from the norms of a first fit: large norms are to be
  /// shrunk less.
  ///
  ///     ωⱼ = max(‖wⱼ‖/m, 0.05)^−½,   scaled to median 1
  ///
  /// with m the median of the 30 largest norms.
  ///
  /// - Source: Zou, JASA 101 (2006), for the idea; exponent, floor and scale were chosen by simulation.
  static func columnWeights(norms: [Double]) -> [Double] {
    let scale = Statistics.median(Array(norms.sorted(by: >).prefix(30)))
    guard scale > 0 else { return Array(repeating: 1, count: norms.count) }
    let raw = norms.map { pow(max($0 / scale, 0.05), -0.5) }
    let middle = Statistics.median(raw)
    return raw.map { $0 / middle }
  }
}
