import RankineGraph

/// Eigenvalues and eigenvectors of a small symmetric matrix: A = V diag(λ) Vᵀ.
///
/// Jacobi's rotations, as many at once as there are disjoint pairs: K − 1 rounds of a tournament meet
/// every pair once, and six tournaments reach single precision for the sizes of task Gram matrices.
///
/// - Shapes: `matrix` [K, K]; `values` [K] in no order, `vectors` [K, K] with a vector a column.
/// - Source: Brent & Luk, SIAM J. Sci. Stat. Comput. 6 (1985), section 2.
struct SymmetricEigen {
  let values: Tensor
  let vectors: Tensor

  init(_ matrix: Tensor) {
    let count = matrix.shape[0].count ?? 0
    var a = matrix
    var v = matrix.graph.identity(count)
    for _ in 0..<(count <= 2 ? 1 : 6) {
      for partners in Self.tournament(count) {
        let rotation = Self.rotation(of: a, partners)
        let turned = matmul(rotation, matmul(a, rotation), transposeA: true)
        // Rounding must not tell the two angles of a pair apart.
        a = 0.5 * (turned + turned.transposed([1, 0]))
        v = matmul(v, rotation)
      }
    }
    (values, vectors) = (a.diagonal, v)
  }

  /// The orthogonal matrix that makes the entries of all given pairs 0.
  private static func rotation(of a: Tensor, _ partners: [Int]) -> Tensor {
    let graph = a.graph, count = partners.count
    let pairing = graph.matrix(
      partners.map { partner in (0..<count).map { $0 == partner ? 1 : 0 } })
    let own = a.diagonal
    let gap: Tensor = pairing.times(own) - own
    let entry: Tensor =
      (a * pairing).sum(over: [1]) - graph.numbers(
        partners.enumerated().map { $0 == $1 ? 1 : 0 }) * own
    let order = graph.numbers(partners.enumerated().map { $0 <= $1 ? 1 : -1 })
    let direction: Tensor = select(gap, sign(gap), order.broadcast(to: gap.shape))
    let length: Tensor = abs(gap) + sqrt(square(gap) + 4 * square(entry))
    let tangent: Tensor = direction * 2 * entry / maximum(length, 1e-30)
    let cosine: Tensor = 1 / sqrt(1 + square(tangent))
    let sine: Tensor = tangent * cosine
    let column: Shape = [.fixed(count), 1]
    let turned: Tensor = sine.reshaped(to: column) * pairing
    return graph.identity(count) * cosine.reshaped(to: column) + turned
  }

  /// Rounds in which everyone meets a partner, and after which everyone has met everyone; whoever
  /// sits out is a partner of itself.
  static func tournament(_ count: Int) -> [[Int]] {
    let seats = count + count % 2
    var circle = Array(1..<max(1, seats))
    return (0..<max(0, seats - 1)).map { _ in
      var partners = Array(0..<count)
      let order = [0] + circle
      for seat in 0..<(seats / 2) {
        let (first, second) = (order[seat], order[seats - 1 - seat])
        if first < count, second < count {
          (partners[first], partners[second]) = (second, first)
        }
      }
      if let last = circle.popLast() { circle.insert(last, at: 0) }
      return partners
    }
  }
}
