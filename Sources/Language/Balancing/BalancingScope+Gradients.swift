import RankineGraph

extension BalancingScope {
  /// ‖∂Lₖ/∂W‖ for each task [tasks], W the first shared weight; no derivative passes through it.
  ///
  /// - Cost: as ``taskGradients()``.
  public func gradientNorms() -> Tensor {
    guard let shared else { return graph.constant(0).broadcast(to: taskShape) }
    return stack(gradients(of: losses, with: [shared.weight]).map { $0[0].norm() })
  }

  /// The gradients of the tasks' losses with respect to all shared parameters, task by task.
  ///
  /// - Cost: a backward pass through the shared layers for each task, and one through the tasks' own
  ///   layers for all. Where tasks share weights above the shared layers (``Layer/sharesWeights``), a
  ///   backward pass through the whole network for each task.
  public func taskGradients() -> TaskGradients { taskGradients(of: losses) }

  /// The same for other losses [tasks] of the same scores.
  func taskGradients(of losses: Tensor) -> TaskGradients {
    TaskGradients(parts: gradients(of: losses, with: shared?.parameters ?? []), graph: graph)
  }

  /// ∂Lₖ/∂θ for each task and each of some shared parameters.
  private func gradients(of losses: Tensor, with parameters: [Tensor]) -> [[Tensor]] {
    guard let shared, !parameters.isEmpty else { return tasks.map { _ in [] } }
    guard let fork = shared.fork else {
      return tasks.indices.map { losses.element($0).gradients(of: parameters).map(\.detached) }
    }
    let slopes = losses.sum().gradient(of: fork.copies).detached
    return tasks.indices.map { task in
      fork.trunk.cotangents(of: parameters, given: slopes.element(task)).map(\.detached)
    }
  }

  /// ∂Lₖ/∂h for each task [tasks, rows, width], h the shared representation.
  public func representationGradients() -> Tensor {
    guard let fork = representationFork else {
      return graph.constant(0).broadcast(to: [.fixed(tasks.count), 1, 1])
    }
    return losses.sum().gradient(of: fork.copies).detached
  }

  /// The shared representation h [rows, width]; no derivative passes through it.
  public var representation: Tensor {
    representationFork.map(\.trunk.detached) ?? graph.constant(0).broadcast(to: [1, 1])
  }

  /// The scalar to make small whose gradient is a given one for the shared parameters, and that of
  /// `total` for all others.
  ///
  /// It is `total` plus Σ (θ − θ₀)·(d − ∂total/∂θ), θ₀ the value of θ: the sum is 0 and has the slope
  /// that is wanted in the place of that of the total. Where the network forks, no derivative of the
  /// total reaches shared parameters, and there is nothing to take away.
  ///
  /// - Parameters:
  ///   - total: what the tasks' own parameters make small.
  ///   - direction: one gradient a shared parameter, as ``TaskGradients`` gives it.
  public func total(of total: Tensor, sharing direction: [Tensor]) -> Tensor {
    guard let shared, direction.count == shared.parameters.count else { return total }
    let isCut = shared.fork != nil
    let slopes =
      isCut ? direction : zip(direction, total.gradients(of: shared.parameters)).map { $0 - $1 }
    return zip(shared.parameters, slopes).reduce(total) { $0 + pull(on: $1.0, towards: $1.1) }
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

  /// Σₖ wₖ Lₖ for weights that are constants; its gradient for the shared parameters is put together from
  /// the tasks' gradients, which costs less than another pass through the shared layers.
  ///
  /// - Parameter weights: w [tasks]; recorded as the tasks' weights.
  public func total(
    of losses: Tensor, weighing gradients: TaskGradients, by weights: Tensor
  ) -> Tensor {
    record(weights: weights)
    let sum = (weights * losses).sum()
    return shared?.fork == nil ? sum : total(of: sum, sharing: gradients.combined(weights))
  }

  /// The same where the gradient is given at the shared representation [rows, width].
  func total(of total: Tensor, sharingAtRepresentation slope: Tensor) -> Tensor {
    guard let fork = representationFork else { return total }
    return total + pull(on: fork.trunk, towards: slope)
  }

  /// 0, with the given slope along a value.
  private func pull(on value: Tensor, towards slope: Tensor) -> Tensor {
    ((value - value.detached) * slope.detached).sum()
  }

  /// The fork of a network of which a rule needs the one output that all tasks read.
  private var representationFork: NetworkFork? {
    if let shared, shared.fork == nil {
      graph.report(
        GraphError(
          "no-shared-representation",
          "the rule compares gradients at the layer that all tasks read, and here the tasks share "
            + "weights above it",
          hint: "choose a rule of whole gradients, such as PCGrad(), or share by Shared { … } alone"
        ))
    }
    return shared?.fork
  }
}
