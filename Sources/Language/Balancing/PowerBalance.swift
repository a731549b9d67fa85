import RankineGraph

/// Weights a > 0 at which every task gains in step with a power of its weight: G a = a^(−1/α).
///
/// With the cosines C and norms n of the gradients, b = n a solves C b = n^(1/α − 1) b^(−1/α), the
/// stationary point of a convex function, which damped Newton steps find from the solution for
/// orthogonal gradients. A task without a gradient gets weight 0.
///
/// Gradients that oppose each other exactly have no solution; 10⁻⁶ on the diagonal of C bounds it.
struct PowerBalance {
  let alpha: Double
  /// Newton steps: twelve reach single precision unless gradients oppose each other almost exactly.
  private static let iterations = 16

  /// - Parameters:
  ///   - gram: G [K, K].
  ///   - isActive: 1 for tasks that have a gradient [K].
  /// - Returns: a [K].
  func weights(_ gram: Tensor, isActive: Tensor) -> Tensor {
    let one: Tensor = isActive.zeros + 1
    let n: Tensor = select(isActive, sqrt(maximum(gram.diagonal, 1e-30)), one)
    let power = 1 / alpha
    let q: Tensor = alpha == 1 ? one : exp((power - 1) * log(n))
    let cosines = gram.cosines(norms: n, isActive: isActive)
    var b: Tensor = alpha == 1 ? one : exp(log(q) / (1 + power))
    for _ in 0..<Self.iterations {
      let target: Tensor = q * (alpha == 1 ? 1 / b : exp(-power * log(b)))
      let slope: Tensor = power * target / b
      let count = b.shape[0]
      let hessian: Tensor =
        cosines + gram.graph.identity(count.count ?? 0) * slope.reshaped(to: [count, 1])
      let step = solveSystem(hessian, target - cosines.times(b))
      let length: Tensor = abs(step / b).largest()
      b = maximum(b + step / (1 + length), 1e-12)
    }
    return isActive * b / n
  }
}

extension Tensor {
  /// The cosines of a Gram matrix, 1 + 10⁻⁶ on the diagonal; rows of tasks without a gradient are
  /// those of the identity.
  func cosines(norms n: Tensor, isActive: Tensor) -> Tensor {
    let count = n.shape[0]
    let column: Shape = [count, 1]
    let cosines: Tensor = self / (n * n.reshaped(to: column))
    let isOff: Tensor = 1 - graph.identity(count.count ?? 0)
    let both: Tensor = isActive * isActive.reshaped(to: column)
    return cosines * isOff * both + graph.identity(count.count ?? 0) * (1 + 1e-6)
  }
}
