import RankineGraph

/// Turns each task's gradient towards another's until their cosine is what it usually is.
///
/// For each task i, over the other tasks j in random order, ρ the cosine of g̃ᵢ and gⱼ and φᵢⱼ its
/// running mean, 0 at first:
///
///     if ρ < φᵢⱼ:  g̃ᵢ ← g̃ᵢ + ‖g̃ᵢ‖ (φᵢⱼ √(1 − ρ²) − ρ √(1 − φᵢⱼ²)) / (‖gⱼ‖ √(1 − φᵢⱼ²)) gⱼ
///     φᵢⱼ ← (1 − β) φᵢⱼ + β ρ
///
/// Shared parameters move along Σᵢ g̃ᵢ; the tasks' own parameters get their own gradients. With φ = 0 it
/// is ``PCGrad``. Pairs with a task without a gradient are left alone.
///
/// - Source: Wang, Tsvetkov, Firat & Cao, ICLR 2021, arXiv:2010.05874, algorithm 1; all shared
///   parameters are one group, as in LibMTL's default.
public struct GradVac: Balancing {
  /// β: the weight of the present cosine in its running mean.
  public var beta: Double

  /// - Parameter beta: the weight of the present cosine in its running mean, from 0 to 1.
  public init(beta: Double = 0.5) {
    self.beta = beta
  }

  public var summary: String { "GradVac(beta: \(beta))" }
  public var sharedGradients: SharedGradients { .replaced }

  public func validate() throws(Misuse) {
    try Misuse.unlessFraction(beta, "beta", of: "GradVac")
  }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let gradients = scope.taskGradients()
    let count = scope.tasks.count, square: Shape = [.fixed(count), .fixed(count)]
    let order = RandomOrder(draws: scope.uniform(square), count: count)
    var rows = scope.graph.identity(count)
    _ = scope.state("cosines", square, initial: 0) { cosines in
      let turned = turn(
        gradients.gram, isActive: gradients.isActive, order: order, cosines: cosines)
      rows = turned.rows
      return turned.cosines
    }
    return scope.total(of: losses, sharing: gradients, times: rows.sum(over: [0]))
  }

  /// For each g̃ᵢ a row of coefficients on the gradients, and the new running means φ; both [K, K].
  func turn(
    _ gram: Tensor, isActive: Tensor, order: RandomOrder, cosines: Tensor
  ) -> (rows: Tensor, cosines: Tensor) {
    let count = isActive.shape[0], column: Shape = [count, 1]
    let one: Tensor = isActive.zeros + 1
    let norms: Tensor = select(isActive, sqrt(maximum(gram.diagonal, 1e-30)), one)
    var (rows, phi) = (gram.graph.identity(count.count ?? 0), cosines)
    for place in order.places {
      let isMet: Tensor = place * isActive * isActive.reshaped(to: column)
      let products = matmul(rows, gram)
      let length: Tensor = sqrt(maximum((products * rows).sum(over: [1]), 1e-30))
      let raw: Tensor = (products * isMet / norms).sum(over: [1]) / length
      let rho: Tensor = maximum(minimum(raw, one), -1 * one)
      let usual: Tensor = (phi * isMet).sum(over: [1])
      let (sine, usualSine) = (Self.sine(of: rho), Self.sine(of: usual))
      let amount: Tensor = length * (usual * sine - rho * usualSine) / usualSine
      let turned: Tensor = greater(usual, rho) * amount
      rows = rows + turned.reshaped(to: column) * isMet / norms
      phi = phi + beta * isMet * (rho.reshaped(to: column) - phi)
    }
    return (rows, phi)
  }

  /// √(1 − c²), kept above 0.
  private static func sine(of c: Tensor) -> Tensor { sqrt(maximum(1 - square(c), 1e-12)) }
}
