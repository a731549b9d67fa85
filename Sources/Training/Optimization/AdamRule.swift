import RankineGraph

/// Adam with decoupled weight decay δ, and a proximal map at the step size that its moments suggest.
///
///     m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
///     elementwise: w ← prox_{ηλ}( w − η m̂/(√v̂ + ε) − ηδw )
///     shared:      s = η/(√v̂ + ε) with one v for the mean of g²,   w ← prox_{sλ}( w − s m̂ − ηδw )
///
/// with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ). The shared form makes the step a proximal gradient step: all
/// columns of a weight move with one step size, so the map compares norms with λ itself. Elementwise,
/// entries move by about η whatever their gradient, and a threshold of ηλ hardly selects.
///
/// - Source: Kingma & Ba, ICLR 2015, algorithm 1; Loshchilov & Hutter, ICLR 2019, algorithm 2, for
///   the decay. The shared moment and the map are additions.
struct AdamRule: OptimizerRule {
  static let beta1 = 0.9
  static let beta2 = 0.999
  static let epsilon = 1e-8

  /// Whether penalized weights have one second moment each.
  let sharesMoment: Bool

  func move(_ parameter: Movement, in step: inout StepBuilder) {
    let isShared = sharesMoment && parameter.prox != nil
    let squared: Tensor = square(parameter.gradient)
    let mean = step.runningMean(
      parameter.name + ".firstMoment", of: parameter.gradient, beta: Self.beta1)
    let power = step.runningMean(
      parameter.name + ".secondMoment", of: isShared ? squared.mean() : squared, beta: Self.beta2)
    let (first, second) = step.corrections
    let size: Tensor = step.rate / (sqrt(power * second) + Self.epsilon)
    let moved: Tensor = decayed(parameter, in: step) - size * (mean * first)
    step.set(
      parameter.value, to: parameter.prox?(moved, isShared ? size : step.rate) ?? moved)
  }
}
