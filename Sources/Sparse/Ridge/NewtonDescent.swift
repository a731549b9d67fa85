/// The regression of all features for tasks of any loss: Newton steps of all tasks together, each system
/// solved by conjugate gradients with products X'(w ∘ X v)/n alone, and halved until F falls.
struct NewtonDescent {
  let objective: Objective

  private var problem: SparseProblem { objective.problem }
  private var settings: SparseSettings { objective.settings }
  private var featureCount: Int { problem.featureCount }

  /// - Parameter trace: F after each step is appended.
  func run(from start: SparseCoefficients, trace: inout [Double]) -> SparseCoefficients {
    var state = DescentState(start, objective)
    for _ in 0..<60 {
      let slope = slope(state)
      let length = dot(slope, slope).squareRoot()
      guard length > 1e-10 else { break }
      let weights = weights(state)
      let direction = conjugateGradients(
        slope, tolerance: min(0.1, length.squareRoot()), limit: 300
      ) { curved($0, weights) }
      let before = state.value
      var share = 1.0
      for _ in 0..<30 {
        let next = DescentState(moved(state.b, by: direction, share), objective)
        if next.value <= before {
          state = next
          trace.append(next.value)
          break
        }
        share /= 2
      }
      if before - state.value <= 1e-12 * max(1, abs(before)) { break }
    }
    return state.b
  }

  // Unknowns are all coefficients, a task behind the other, each with its intercept at the end.

  private var stride: Int { featureCount + 1 }

  private func moved(
    _ b: SparseCoefficients, by direction: [Double], _ share: Double
  ) -> SparseCoefficients {
    var next = b
    for k in problem.tasks.indices {
      for j in 0..<featureCount { next.values[k][j] += share * direction[k * stride + j] }
      next.intercepts[k] += share * direction[k * stride + featureCount]
    }
    return next
  }

  /// −∂F.
  private func slope(_ state: DescentState) -> [Double] {
    let steps = ThresholdingSteps(objective, curvatures: problem.tasks.map { _ in 1 })
    let residuals = problem.tasks.indices.map { objective.residual($0, state.predictors[$0]) }
    let gradients = steps.gradients(state.b, residuals)
    var slope: [Double] = []
    for (k, task) in problem.tasks.enumerated() {
      slope += gradients[k].map { -$0 }
      slope.append(isFree(task) ? residuals[k].reduce(0, +) / Double(task.rowCount) : 0)
    }
    return slope
  }

  /// Whether the task's intercept is an unknown: gaussian tasks are centred.
  private func isFree(_ task: ScaledTask) -> Bool { task.hasIntercept && task.kind == .logistic }

  /// The second derivative of the loss in η, a list a task; empty where it is 1.
  private func weights(_ state: DescentState) -> [[Double]] {
    zip(problem.tasks, state.predictors).map { task, eta in
      task.kind == .gaussian ? [] : eta.map { logistic($0) * (1 - logistic($0)) }
    }
  }

  /// The second derivative of F times a direction.
  private func curved(_ direction: [Double], _ weights: [[Double]]) -> [Double] {
    let (ridge, similarity) = (settings.effectiveRidge, settings.coefficientSimilarity)
    var result = Array(repeating: 0.0, count: direction.count)
    var mean = Array(repeating: 0.0, count: featureCount)
    for k in problem.tasks.indices {
      for j in mean.indices { mean[j] += direction[k * stride + j] / Double(problem.taskCount) }
    }
    let columns = Array(0..<featureCount)
    for (k, task) in problem.tasks.enumerated() {
      let own = Array(direction[(k * stride)..<(k * stride + featureCount)])
      let shift = isFree(task) ? direction[k * stride + featureCount] : 0
      var image = Array(repeating: shift, count: task.rowCount)
      task.design.add(own, columns: columns, to: &image)
      for i in weights[k].indices { image[i] *= weights[k][i] }
      var back = own
      task.design.multiplyTransposed(image, columns: nil, into: &back)
      for j in columns {
        result[k * stride + j] =
          back[j] / Double(task.rowCount) + ridge * own[j] + similarity * (own[j] - mean[j])
      }
      if isFree(task) {
        result[k * stride + featureCount] = image.reduce(0, +) / Double(task.rowCount)
      }
    }
    return result
  }
}
