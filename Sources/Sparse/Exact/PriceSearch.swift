import Foundation

/// The prices at which every task uses as many features' worth of indicators as it may.
///
/// Each task's use falls in its price. Guesses follow the rule of the perspective, where a price is
/// inversely proportional to the square of the use, inside the interval that is known to hold the root.
struct PriceSearch {
  private(set) var prices: [Double]
  private let supportSize: Double
  private var low: [Double]
  private var high: [Double]

  init(_ prices: [Double], supportSize: Int) {
    (self.prices, self.supportSize) = (prices, Double(supportSize))
    low = Array(repeating: 0, count: prices.count)
    high = Array(repeating: .infinity, count: prices.count)
  }

  /// - Parameters:
  ///   - use: Σⱼ zₖⱼ of each task.
  ///   - allowance: how far from s, as a share of it, is near enough.
  /// - Returns: whether no price had to move.
  mutating func update(_ use: [Double], allowance: Double) -> Bool {
    var isSettled = true
    for k in prices.indices {
      let excess = use[k] / supportSize - 1
      let isIdle = excess <= 0 && prices[k] <= 1e-12
      if abs(excess) <= allowance || isIdle { continue }
      isSettled = false
      if excess > 0 {
        low[k] = prices[k]
        if high[k] <= low[k] { high[k] = .infinity }
      } else {
        high[k] = prices[k]
        if low[k] >= high[k] { low[k] = 0 }
      }
      // Use may stand above s on one side of a price and below it on the other.
      if high[k].isFinite, low[k] > 0, high[k] - low[k] <= 1e-6 * high[k] { continue }
      var guess = prices[k] * min(4, max(0.25, pow(use[k] / supportSize, 2)))
      if guess <= low[k] || guess >= high[k] {
        guess = low[k] > 0 ? (low[k] * high[k]).squareRoot() : high[k] / 4
      }
      prices[k] = guess < 1e-12 ? 0 : max(guess, 1e-12)
      if prices[k] == 0, low[k] > 0 { prices[k] = low[k] }
    }
    return isSettled
  }
}
