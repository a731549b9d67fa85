/// What one coefficient costs in the relaxation, and the largest slope that it can answer.
///
/// A coefficient b with indicator z costs λ₁ b²/(2z), the perspective of the ridge, under |b| ≤ M z. Its
/// conjugate per unit of z is
///
///     h(u) = max { u b − λ₁ b²/2 : |b| ≤ M } = u²/(2 λ₁), or M |u| − λ₁ M²/2 where |u| > λ₁ M.
///
/// - Source: perspective reformulation of arXiv:2212.08697's exact solver, joined with its bound M.
struct CappedRidge: Sendable {
  /// λ₁.
  let ridge: Double
  /// M, which may be infinite where λ₁ > 0.
  let bound: Double

  /// h(u).
  func conjugate(_ u: Double) -> Double {
    let size = abs(u)
    if size <= ridge * bound { return ridge > 0 ? u * u / (2 * ridge) : 0 }
    return bound * size - ridge * bound * bound / 2
  }

  /// The derivative in z of the best value of a b²/2 − c b + λ₁ b²/(2z) + μ z over b.
  func slope(at z: Double, curvature a: Double, pull c: Double, price μ: Double) -> Double {
    let size = abs(c)
    let stiffness = a * z + ridge
    if size > stiffness * bound {
      return a * bound * bound * z - size * bound + ridge * bound * bound / 2 + μ
    }
    return stiffness > 0 ? μ - size * size * ridge / (2 * stiffness * stiffness) : μ
  }

  /// The z in [0, 1] at which that derivative is 0, else the end nearest to it.
  func level(curvature a: Double, pull c: Double, price μ: Double) -> Double {
    let size = abs(c)
    guard a > 0, size > 0, conjugate(c) > μ else { return 0 }
    var z = μ > 0 ? (size * (ridge / (2 * μ)).squareRoot() - ridge) / a : 1
    if size > (a * z + ridge) * bound {
      z = (size * bound - ridge * bound * bound / 2 - μ) / (a * bound * bound)
    }
    return min(1, max(0, z))
  }

  /// The best b for a given z.
  func coefficient(at z: Double, curvature a: Double, pull c: Double) -> Double {
    guard z > 0 else { return 0 }
    let free = c * z / (a * z + ridge)
    return max(-bound * z, min(bound * z, free))
  }
}
