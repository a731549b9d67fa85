import RankineGraph

/// A term of the objective about what layers give, instead of their weights: the factors of a task's own
/// and those that all tasks share, over the rows of a batch.
public protocol FactorPenalty: Sendable {
  /// The declaration in Swift.
  var summary: String { get }

  /// The term, a scalar.
  ///
  /// - Parameters:
  ///   - own: [tasks, rows, own factors].
  ///   - shared: [rows, shared factors], or [tasks, rows, shared factors].
  ///   - rows: 1 in each task's rows, else 0 [tasks, rows]; nil where all tasks share the rows.
  func value(_ own: Tensor, _ shared: Tensor, own rows: Tensor?) -> Tensor

  /// - Throws: `Misuse` when a hyperparameter is out of range.
  func validate() throws(Misuse)
}

/// Keeps a task's own factors from repeating shared ones, by the covariances of the two.
///
///     λ Σᵣ ‖ Sᵣ'C / nᵣ ‖²_F
///
/// with columns centred over the task's rows of the batch, nᵣ of them.
///
/// - Source: the difference loss of Bousmalis et al., Domain separation networks, NeurIPS 2016, section
///   3, with centred columns, so that it is a covariance. arXiv:2505.24281 has an orthogonality penalty
///   whose form is not public.
public struct Orthogonality: FactorPenalty {
  /// λ.
  public let strength: Double

  /// - Parameter strength: at least 0.
  public init(_ strength: Double) {
    self.strength = strength
  }

  public var summary: String { "Orthogonality(\(strength))" }

  public func validate() throws(Misuse) {
    try Misuse.unlessNotNegative(strength, "strength", of: "Orthogonality")
  }

  public func value(_ own: Tensor, _ shared: Tensor, own rows: Tensor?) -> Tensor {
    let graph = own.graph
    let count: Tensor
    if let rows {
      count = maximum(rows.sum(over: [1]), 1).insertingAxis(at: 1).insertingAxis(at: 2)
    } else {
      count = graph.extent(own.shape[1]).broadcast(to: [own.shape[0], 1, 1])
    }
    let weights = rows?.insertingAxis(at: 2)
    func centred(_ factors: Tensor) -> Tensor {
      let factors =
        factors.shape.rank == 3
        ? factors : factors.broadcast(to: Shape([own.shape[0]] + factors.shape.dimensions))
      let counted = weights.map { factors * $0 } ?? factors
      let mean: Tensor = counted.sum(over: [1]).insertingAxis(at: 1) / count
      let residual: Tensor = factors - mean
      return weights.map { residual * $0 } ?? residual
    }
    let covariance: Tensor = matmul(centred(own), centred(shared), transposeA: true) / count
    return strength * square(covariance).sum()
  }
}
