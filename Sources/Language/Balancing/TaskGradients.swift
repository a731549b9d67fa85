import RankineGraph

/// The tasks' gradients of the shared parameters g₁ … g_K, kept apart.
///
/// No derivative passes through any of them. A task without an observed outcome in the batch has the
/// gradient 0; one of a norm below 10⁻¹² counts as 0 and is not active.
public struct TaskGradients {
  private let graph: Graph
  /// For each task its gradient of each shared parameter.
  let parts: [[Tensor]]

  init(parts: [[Tensor]], graph: Graph) {
    (self.parts, self.graph) = (parts, graph)
  }

  var count: Int { parts.count }

  /// G = [gₖ·gₗ], [tasks, tasks].
  public var gram: Tensor { products(with: self) }

  /// ‖gₖ‖ [tasks].
  public var norms: Tensor { sqrt(stack(parts.map { dot($0, $0) })) }

  /// 1 where ‖gₖ‖ > 10⁻¹², else 0 [tasks].
  public var isActive: Tensor { greater(norms, graph.constant(Self.smallestNorm)) }

  static let smallestNorm = 1e-12

  /// Σₖ aₖ gₖ, one tensor a shared parameter.
  ///
  /// - Parameter coefficients: a [tasks].
  public func combined(_ coefficients: Tensor) -> [Tensor] {
    guard let first = parts.first else { return [] }
    return first.indices.map { parameter in
      let terms = parts.indices.map { coefficients.element($0) * parts[$0][parameter] }
      return terms.dropFirst().reduce(terms[0]) { $0 + $1 }
    }
  }

  /// The gradients cₖ gₖ.
  ///
  /// - Parameter factors: c [tasks].
  public func scaled(by factors: Tensor) -> TaskGradients {
    let parts = parts.indices.map { task in
      self.parts[task].map { (factors.element(task) * $0).detached }
    }
    return TaskGradients(parts: parts, graph: graph)
  }

  /// [gₖ·hₗ] for the gradients h of another batch [tasks, tasks].
  func products(with other: TaskGradients) -> Tensor {
    let rows = parts.indices.map { k in
      stack(
        parts.indices.map { l in
          // The two orders of a symmetric product are one instruction.
          other.parts[0] == parts[0] && l < k
            ? dot(parts[l], other.parts[k]) : dot(parts[k], other.parts[l])
        })
    }
    return rows.isEmpty ? graph.constant(0).broadcast(to: [1, 1]) : stack(rows)
  }

  /// Σ over parameters and entries of x·y.
  private func dot(_ x: [Tensor], _ y: [Tensor]) -> Tensor {
    zip(x, y).reduce(graph.constant(0)) { $0 + ($1.0 * $1.1).sum() }
  }
}
