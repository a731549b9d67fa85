import Foundation

/// The prices at which every task uses as many features' worth of indicators as it may.
///
/// Each task's use falls in its own price and moves with those of the others, so prices are found by
/// steps on the logarithm that grow while use stays on one side of s and shrink where it crosses. A step
/// is at most what the rule of the perspective asks for, where a price is inversely proportional to the
/// square of the use.
struct PriceSearch {
  private(set) var prices: [Double]
  private let supportSize: Double
  private var steps: [Double]
  private var wasAbove: [Bool?]

  /// Steps below this do not move anything that shows.
  private static let smallestStep = 1e-5
  /// Prices below this are 0.
  private static let smallestPrice = 1e-12

  init(_ prices: [Double], supportSize: Int) {
    (self.prices, self.supportSize) = (prices, Double(supportSize))
    steps = Array(repeating: log(4), count: prices.count)
    wasAbove = Array(repeating: nil, count: prices.count)
  }

  /// - Parameters:
  ///   - use: Σⱼ zₖⱼ of each task.
  ///   - allowance: how far from s, as a share of it, is near enough.
  /// - Returns: whether no price had to move.
  mutating func update(_ use: [Double], allowance: Double) -> Bool {
    var isSettled = true
    for k in prices.indices {
      let share = use[k] / supportSize
      let isIdle = share <= 1 && prices[k] <= Self.smallestPrice
      if abs(share - 1) <= allowance || isIdle { continue }
      let isAbove = share > 1
      if let before = wasAbove[k] { steps[k] *= before == isAbove ? 1.5 : 0.4 }
      wasAbove[k] = isAbove
      steps[k] = min(steps[k], log(4))
      // Use may stand above s on one side of a price and below it on the other.
      guard steps[k] > Self.smallestStep else { continue }
      isSettled = false
      let wanted = abs(2 * log(max(share, 1e-3)))
      let step = min(steps[k], wanted)
      prices[k] = max(Self.smallestPrice, prices[k] * exp(isAbove ? step : -step))
    }
    return isSettled
  }
}
