/// Location, spread and quantiles of plain lists of numbers.
public enum Statistics {
  /// Σx / n; NaN for an empty list.
  public static func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  /// Σ(x − mean)², by two passes so that a large mean costs no digits; 0 for an empty list.
  public static func sumOfSquares(_ numbers: [Double]) -> Double {
    guard !numbers.isEmpty else { return 0 }
    let center = mean(numbers)
    return numbers.reduce(0) { $0 + ($1 - center) * ($1 - center) }
  }

  /// √(Σ(x − mean)² / (n − 1)); NaN below two numbers.
  public static func standardDeviation(_ numbers: [Double]) -> Double {
    guard numbers.count > 1 else { return .nan }
    return (sumOfSquares(numbers) / Double(numbers.count - 1)).squareRoot()
  }

  /// The standard deviation of the mean, s/√n; NaN below two numbers.
  public static func standardError(_ numbers: [Double]) -> Double {
    standardDeviation(numbers) / Double(numbers.count).squareRoot()
  }

  /// The value below which a share of the numbers lies, linear between order statistics.
  ///
  /// - Parameter share: in [0, 1]; 0 is the smallest number, 1 the largest.
  /// - Returns: NaN for an empty list.
  /// - Source: Hyndman & Fan, American Statistician 50, 1996, definition 7.
  public static func quantile(_ share: Double, of numbers: [Double]) -> Double {
    precondition((0...1).contains(share), "a share lies between 0 and 1")
    guard !numbers.isEmpty else { return .nan }
    let sorted = numbers.sorted()
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
  }

  /// The middle number, or the mean of the two in the middle; NaN for an empty list.
  public static func median(_ numbers: [Double]) -> Double { quantile(0.5, of: numbers) }

  /// The median of |x − median|, times 1.4826 to estimate a normal standard deviation.
  ///
  /// - Parameter isScaled: false leaves out the factor.
  public static func medianAbsoluteDeviation(_ numbers: [Double], isScaled: Bool = true) -> Double {
    let center = median(numbers)
    return (isScaled ? 1.482602218505602 : 1) * median(numbers.map { abs($0 - center) })
  }
}
