import RankineGraph

/// Makes the principal components of the tasks' gradients orthogonal and equally long, so that none
/// dominates.
///
///     G = V Λ Vᵀ,   a = √λ_min V Λ^(−½) Vᵀ 1,   direction Σₖ aₖ gₖ
///
/// over the eigenvalues above λ_max K ε, ε that of single precision; λ_min is the least of them. The
/// tasks' own parameters get their own gradients.
///
/// - Source: Senushkin, Patakin, Kuznetsov & Konushin, CVPR 2023, arXiv:2305.19000, section 4
///   (Aligned-MTL).
public struct AlignedMTL: Balancing {
  /// The rule has no hyperparameter.
  public init() {}

  public var summary: String { "AlignedMTL()" }
  public var sharedGradients: SharedGradients { .replaced }

  public func total(of losses: Tensor, in scope: BalancingScope) -> Tensor {
    let gradients = scope.taskGradients()
    let a = Self.coefficients(gradients.gram)
    return scope.total(of: losses, sharing: gradients, times: a)
  }

  /// a [K] of a Gram matrix [K, K].
  static func coefficients(_ gram: Tensor) -> Tensor {
    let gram = gram.relativeToDiagonal
    let eigen = SymmetricEigen(gram)
    let values = eigen.values
    let count = Double(values.shape[0].count ?? 1)
    let least: Tensor = values.largest() * (count * Double(Float.ulpOfOne))
    let isKept: Tensor = greater(values, maximum(least, 0))
    let one: Tensor = values.zeros + 1
    let smallest: Tensor = select(isKept, values, one * 1e30).smallest()
    let roots: Tensor = isKept * sqrt(smallest / select(isKept, values, one * smallest))
    let alongOne = eigen.vectors.sum(over: [0])
    return eigen.vectors.times(roots * alongOne)
  }
}
