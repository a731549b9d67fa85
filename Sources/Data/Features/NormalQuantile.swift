import Foundation

/// Φ⁻¹(p), the quantile of the standard normal distribution.
///
/// Acklam's rational approximation (relative error below 1.15e-9) and one step of Halley's method
/// with the complementary error function, which brings it to a few units in the last place.
///
/// - Parameter p: in (0, 1); 0 and 1 give ∓∞, anything else NaN.
/// - Source: P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution
///   function", 2003.
package func normalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
  // The upper half by symmetry, so that the two tails are equally accurate.
  if p > 0.5 { return -normalQuantile(1 - p) }
  let x = roughNormalQuantile(p)
  let error = 0.5 * erfc(-x / 2.0.squareRoot()) - p
  let step = error * (2 * Double.pi).squareRoot() * exp(x * x / 2)
  return x - step / (1 + x * step / 2)
}

private func roughNormalQuantile(_ p: Double) -> Double {
  if p < 0.02425 {
    let q = (-2 * log(p)).squareRoot()
    return polynomial(tailNumerator, q) / (polynomial(tailDenominator, q) * q + 1)
  }
  let q = p - 0.5
  let r = q * q
  return polynomial(centreNumerator, r) * q / (polynomial(centreDenominator, r) * r + 1)
}

/// Horner's scheme, the highest power first.
private func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
  coefficients.reduce(0) { $0 * x + $1 }
}

private let centreNumerator = [
  -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
  1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00,
]
private let centreDenominator = [
  -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
  6.680131188771972e+01, -1.328068155288572e+01,
]
private let tailNumerator = [
  -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
  -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
]
private let tailDenominator = [
  7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00,
]
