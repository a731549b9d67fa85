import Foundation
import RankineSupport

extension Simulation {
  /// The correlation of neighbouring predictors.
  static let correlation = 0.5
  /// The most predictors, counted in all rows, that are drawn: two gigabytes.
  private static let largestSize = 1 << 28

  /// The tasks of the setting.
  var tasks: [Task] {
    (0..<2).map { task in
      Task(
        isNonlinear: setting != 1 && setting != 3,
        isClass: setting == 3 || setting == 4 || setting == 5 && task == 1
          || setting == 6 && task == 0)
    }
  }

  /// Checks the parameters without drawing anything.
  ///
  /// - Throws: `DataError` `bad-simulation` for a parameter out of range.
  public func validate() throws(DataError) { _ = try validated() }

  /// The tasks of the setting.
  ///
  /// - Throws: `DataError` `bad-simulation` for a parameter out of range.
  func validated() throws(DataError) -> [Task] {
    func check(_ isValid: Bool, _ message: String, _ hint: String) throws(DataError) {
      if !isValid {
        throw DataError("bad-simulation", in: "setting \(setting)", message, hint: hint)
      }
    }
    try check((1...6).contains(setting), "there is no setting \(setting)", "choose from 1 to 6")
    try check(rowCount >= 10, "expected at least 10 rows, found \(rowCount)", "the study has 1000")
    let (size, hasOverflown) = rowCount.multipliedReportingOverflow(by: max(1, predictorCount))
    try check(
      !hasOverflown && size <= Self.largestSize,
      "\(rowCount) rows of \(predictorCount) predictors are more than \(Self.largestSize) numbers",
      "lower one of the two")
    try check(
      importantCount >= 1 && importantCount <= predictorCount,
      "\(importantCount) of \(predictorCount) predictors cannot be important",
      "raise the number of predictors")
    try check(
      !tasks.contains(where: \.isNonlinear) || importantCount % 3 == 0,
      "\(importantCount) important predictors do not make three equal blocks",
      "choose a multiple of 3")
    try check(
      (0...0.5).contains(flipProbability), "labels cannot be flipped with \(flipProbability)",
      "choose from 0 to 0.5")
    return tasks
  }

  /// x₁ = z₁, xⱼ = 0.5 xⱼ₋₁ + √0.75 zⱼ, row by row.
  func drawPredictors(_ random: inout CounterRandom) -> [Double] {
    let innovation = (1 - Self.correlation * Self.correlation).squareRoot()
    var values = [Double](repeating: 0, count: rowCount * predictorCount)
    for row in 0..<rowCount {
      let start = row * predictorCount
      values[start] = random.normal()
      for position in (start + 1)..<(start + max(1, predictorCount)) {
        values[position] = Self.correlation * values[position - 1] + innovation * random.normal()
      }
    }
    return values
  }

  /// β₁ uniform on [−1, 1); β₂ the same with 80 % of its entries redrawn.
  func drawCoefficients(_ random: inout CounterRandom) -> [[Double]] {
    let first = (0..<importantCount).map { _ in 2 * random.uniform() - 1 }
    let redrawn = Int((0.8 * Double(importantCount)).rounded())
    var second = first
    for position in random.permutation(importantCount).prefix(redrawn) {
      second[position] = 2 * random.uniform() - 1
    }
    return [first, second]
  }

  /// One error; all options take the same draws.
  func drawError(_ random: inout CounterRandom) -> Double {
    let isNormal = random.uniform() < 0.7
    let normal = random.normal()
    let cauchy = tan(Double.pi * (random.uniform() - 0.5))
    return switch errors {
    case .mixture: isNormal ? normal : cauchy
    case .sum: 0.7 * normal + 0.3 * cauchy
    case .none: 0
    }
  }

  /// c, the median of the nonlinear g over 200 000 draws of (β, x_S) with seed 20260701, as
  /// `pilotMedian(drawCount: 200_000)` returns it. Kept as a number so that class labels never
  /// depend on the platform's sine and logarithm.
  static let nonlinearMedian = -0.433_043_367_655_822_3

  /// The median of the nonlinear g over draws of β and x_S with s = 30, seed 20260701.
  static func pilotMedian(drawCount: Int) -> Double {
    var random = CounterRandom(seed: 20_260_701, named: "simulation-pilot")
    let pilot = Simulation(setting: 2, rowCount: 1, predictorCount: 30)
    let signals = (0..<drawCount).map { _ in
      let row = pilot.drawPredictors(&random)
      let beta = (0..<30).map { _ in 2 * random.uniform() - 1 }
      return SimulatedIndex(beta: beta, isNonlinear: true).signal(row[...])
    }
    return ColumnEncoding.median(signals)
  }
}
