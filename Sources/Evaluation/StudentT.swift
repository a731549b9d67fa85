import Foundation

/// Student's t distribution.
public struct StudentT: Sendable {
  /// The degrees of freedom, above 0.
  public let degreesOfFreedom: Double

  /// - Parameter degreesOfFreedom: above 0, not necessarily whole.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "degrees of freedom are positive")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(T ≤ t), by the incomplete beta function: P(|T| > t) = I_x(ν/2, 1/2) with x = ν/(ν + t²).
  public func cumulative(_ t: Double) -> Double {
    let tail = 0.5 * twoSided(abs(t))
    return t < 0 ? tail : 1 - tail
  }

  /// The t with P(T ≤ t) = share, by bisection to the last digit.
  ///
  /// - Parameter share: in (0, 1).
  public func quantile(_ share: Double) -> Double {
    precondition(share > 0 && share < 1, "a share lies strictly between 0 and 1")
    let outside = 2 * min(share, 1 - share)
    if outside == 1 { return 0 }
    var low = 0.0
    var high = 1.0
    while twoSided(high) > outside { high *= 2 }
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { break }
      if twoSided(middle) > outside { low = middle } else { high = middle }
    }
    return share < 0.5 ? -high : high
  }

  /// P(|T| > t) for t ≥ 0.
  private func twoSided(_ t: Double) -> Double {
    let a = 0.5 * degreesOfFreedom
    let square = t * t
    let x = degreesOfFreedom / (degreesOfFreedom + square)
    let complement = square / (degreesOfFreedom + square)
    guard complement > 0 else { return 1 }
    guard x > 0 else { return 0 }
    let logBeta = logGamma(a) + logGamma(0.5) - logGamma(a + 0.5)
    let front = Foundation.exp(
      a * Foundation.log(x) + 0.5 * Foundation.log(complement) - logBeta)
    // The fraction converges fast on one side of the mean; the other side is reached by symmetry.
    return x < (a + 1) / (a + 2.5)
      ? front * betaFraction(a, 0.5, x) / a
      : 1 - front * betaFraction(0.5, a, complement) / 0.5
  }
}

/// The continued fraction of the incomplete beta function, by the modified Lentz method.
///
/// - Source: Abramowitz & Stegun, 26.5.8; Thompson & Barnett, J. Comput. Phys. 64, 1986.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / away(1 - (a + b) * x / (a + 1))
  var result = d
  for step in 1...10_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    result *= c * d
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    let factor = c * d
    result *= factor
    if abs(factor - 1) < 1e-15 { break }
  }
  return result
}

/// log Γ(x) for x > 0: Stirling's series after moving x above 15 by Γ(x + 1) = x Γ(x).
private func logGamma(_ x: Double) -> Double {
  var shifted = x
  var product = 1.0
  while shifted < 15 {
    product *= shifted
    shifted += 1
  }
  let inverse = 1 / (shifted * shifted)
  let series =
    (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680))))
    / shifted
  return (shifted - 0.5) * Foundation.log(shifted) - shifted
    + 0.5 * Foundation.log(2 * Double.pi) + series - Foundation.log(product)
}
