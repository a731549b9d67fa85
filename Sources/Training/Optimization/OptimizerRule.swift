import RankineGraph
import RankineLanguage

/// A parameter that is about to move.
struct Movement {
  let name: String
  let value: Tensor
  let gradient: Tensor
  /// The factor of decoupled weight decay, 0 for none.
  let decay: Double
  /// The proximal map of the parameter's penalty at a step size, or nil for none.
  let prox: ((_ moved: Tensor, _ stepSize: Tensor) -> Tensor)?
}

/// How a gradient becomes a step, as graph.
protocol OptimizerRule {
  /// Adds the new value of a parameter and the state that the rule keeps for it.
  func move(_ parameter: Movement, in step: inout StepBuilder)
}

extension OptimizerRule {
  /// η·w, the decay's part of a step; nil where there is none.
  func decayed(_ parameter: Movement, in step: StepBuilder) -> Tensor {
    guard parameter.decay > 0 else { return parameter.value }
    return parameter.value - step.rate * parameter.decay * parameter.value
  }
}

/// w ← prox(w − η·g − η·δ·w), at step size η.
struct GradientDescentRule: OptimizerRule {
  func move(_ parameter: Movement, in step: inout StepBuilder) {
    let moved: Tensor = decayed(parameter, in: step) - step.rate * parameter.gradient
    step.set(parameter.value, to: parameter.prox?(moved, step.rate) ?? moved)
  }
}
