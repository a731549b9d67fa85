import RankineGraph

/// Where the network divides into tasks.
struct NetworkFork {
  /// The shared representation [rows, width].
  let trunk: Tensor
  /// What the tasks read: copies of the trunk [tasks, rows, width], so that one backward pass through
  /// the tasks' own layers keeps the tasks apart.
  let copies: Tensor
  /// The first weight before the trunk.
  let weight: Tensor
  /// All parameters before the trunk.
  let sharedParameters: [Tensor]
}

extension BalancingScope {
  /// ‖∂Lₖ/∂W‖ for each task [tasks], W the first shared weight; no derivative passes through it.
  ///
  /// One backward pass through the tasks' own layers serves all tasks; the shared layers take one each.
  public func gradientNorms() -> Tensor {
    guard let fork else { return graph.constant(0).broadcast(to: taskShape) }
    let slopes = representationGradients()
    let norms = tasks.indices.map { task in
      fork.trunk.cotangents(of: [fork.weight], given: slopes.element(task))[0].norm()
    }
    return stack(norms).detached
  }

  /// The gradients of the tasks' losses with respect to all shared parameters, task by task.
  ///
  /// - Cost: a backward pass through the shared layers for each task.
  public func taskGradients() -> TaskGradients { taskGradients(of: losses) }

  /// The same for other losses [tasks] of the same scores.
  func taskGradients(of losses: Tensor) -> TaskGradients {
    guard let fork else { return TaskGradients(parts: tasks.map { _ in [] }, graph: graph) }
    let slopes = losses.sum().gradient(of: fork.copies).detached
    let parts = tasks.indices.map { task in
      fork.trunk.cotangents(of: fork.sharedParameters, given: slopes.element(task))
        .map(\.detached)
    }
    return TaskGradients(parts: parts, graph: graph)
  }

  /// ∂Lₖ/∂h for each task [tasks, rows, width], h the shared representation.
  public func representationGradients() -> Tensor {
    guard let fork else { return graph.constant(0).broadcast(to: [.fixed(tasks.count), 1, 1]) }
    return losses.sum().gradient(of: fork.copies).detached
  }

  /// The shared representation h [rows, width]; no derivative passes through it.
  public var representation: Tensor {
    fork.map(\.trunk.detached) ?? graph.constant(0).broadcast(to: [1, 1])
  }

  /// The scalar to make small whose gradient is a given one for the shared parameters, and that of
  /// `total` for all others.
  ///
  /// It is `total` plus Σ (θ − θ₀)·d, θ₀ the value of θ: a number that is 0 and has the slope d.
  ///
  /// - Parameters:
  ///   - total: what the tasks' own parameters make small.
  ///   - direction: one gradient a shared parameter, as ``TaskGradients`` gives it.
  public func total(of total: Tensor, sharing direction: [Tensor]) -> Tensor {
    guard let fork, direction.count == fork.sharedParameters.count else { return total }
    return zip(fork.sharedParameters, direction).reduce(total) { sum, part in
      sum + pull(on: part.0, towards: part.1)
    }
  }

  /// The sum of the losses for the tasks' own parameters, and for the shared ones Σₖ aₖ ∂Lₖ.
  ///
  /// - Parameter coefficients: a [tasks]; recorded as the tasks' weights.
  public func total(
    of losses: Tensor, sharing gradients: TaskGradients, times coefficients: Tensor
  ) -> Tensor {
    record(weights: coefficients)
    return total(of: losses.sum(), sharing: gradients.combined(coefficients))
  }

  /// The same where the gradient is given at the shared representation [rows, width].
  func total(of total: Tensor, sharingAtRepresentation slope: Tensor) -> Tensor {
    guard let fork else { return total }
    return total + pull(on: fork.trunk, towards: slope)
  }

  /// 0, with the given slope along a value.
  private func pull(on value: Tensor, towards slope: Tensor) -> Tensor {
    ((value - value.detached) * slope.detached).sum()
  }
}
