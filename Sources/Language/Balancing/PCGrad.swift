import RankineGraph

/// Takes from each task's gradient what works against another task's.
///
/// For each task i, over the other tasks j in random order:
///
///     if g̃ᵢ·gⱼ < 0:  g̃ᵢ ← g̃ᵢ − (g̃ᵢ·gⱼ)/‖gⱼ‖² gⱼ,   g̃ᵢ = gᵢ at first
///
/// Shared parameters move along Σᵢ g̃ᵢ; the tasks' own parameters get their own gradients. All is done
/// in coordinates: g̃ᵢ is a row of coefficients on the gradients.
///
/// - Source: Yu et al., NeurIPS 2020, arXiv:2001.06782, algorithm 1 (PCGrad).
public struct PCGrad: Balancing {
  /// The rule has no hyperparameter.
  public init() {}

  public var summary: String { "PCGrad()" }
  public var sharedGradients: SharedGradients { .replaced }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let gradients = scope.taskGradients()
    let count = scope.tasks.count
    let order = RandomOrder(
      draws: scope.uniform([.fixed(count), .fixed(count)]), count: count)
    let rows = Self.coefficients(gradients.gram, isActive: gradients.isActive, order: order)
    return scope.total(of: losses, sharing: gradients, times: rows.sum(over: [0]))
  }

  /// For each g̃ᵢ a row of coefficients on the gradients [K, K].
  static func coefficients(_ gram: Tensor, isActive: Tensor, order: RandomOrder) -> Tensor {
    let count = isActive.shape[0], zero = gram.graph.constant(0)
    let squares: Tensor = select(isActive, gram.diagonal, isActive.zeros + 1)
    var rows = gram.graph.identity(count.count ?? 0)
    for place in order.places {
      let isMet: Tensor = place * isActive
      let product: Tensor = (matmul(rows, gram) * isMet / squares).sum(over: [1])
      let conflict: Tensor = minimum(product, zero.broadcast(to: product.shape))
      rows = rows - conflict.reshaped(to: [count, 1]) * isMet
    }
    return rows
  }
}
