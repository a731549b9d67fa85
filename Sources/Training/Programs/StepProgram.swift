import RankineCompiler
import RankineGraph
import RankineLanguage

/// Builds the program of one training step.
struct StepProgram {
  let model: LoweredModel
  let objective: LoweredObjective
  let featureCount: Int
  let options: TrainingOptions
  /// Which parameters move.
  var group: Movable = .all

  /// The program with outputs `loss` (with the penalties that it differentiates), `losses` and
  /// `weights` per task, and the state that it keeps.
  func build() -> (program: Program, state: [StateLeaf]) {
    let graph = model.graph
    let parameters = (model.parameters + objective.extraParameters).filter {
      $0.role.moves(with: group)
    }
    var loss = objective.total
    if options.penaltyStep == .subgradient {
      for parameter in parameters {
        guard let penalty = parameter.penalty, let strength = parameter.strength else { continue }
        loss =
          loss
          + penalty.value(
            parameter.leaf, strength: strength,
            columnWeights: parameter.columnWeights(featureCount: featureCount))
      }
    }
    var step = StepBuilder(graph: graph)
    let gradients = loss.gradients(of: parameters.map(\.leaf))
    for (parameter, gradient) in zip(parameters, gradients) {
      rule.move(
        Movement(
          name: parameter.name, value: parameter.leaf, gradient: gradient,
          decay: parameter.decays ? options.weightDecay : 0, prox: prox(of: parameter)),
        in: &step)
    }
    let moves = step.updates.filter { move in parameters.contains { $0.leaf == move.leaf } }
    for update in objective.stateUpdates + objective.stateUpdates(after: moves) {
      step.keep(update.leaf, initial: update.initial, next: update.value)
    }
    let program = Program(
      "step", graph: graph,
      outputs: [
        ("loss", loss), ("losses", objective.perTask), ("weights", objective.weights),
      ],
      updates: step.updates)
    return (program, step.state)
  }

  private var rule: any OptimizerRule {
    switch options.optimizer {
    case .adam: AdamRule(sharesMoment: options.penaltyStep == .proximalShared)
    case .gradientDescent: GradientDescentRule()
    }
  }

  private func prox(
    of parameter: LoweredParameter
  ) -> ((_ moved: Tensor, _ stepSize: Tensor) -> Tensor)? {
    guard options.penaltyStep != .subgradient, let penalty = parameter.penalty,
      let strength = parameter.strength
    else { return nil }
    let columnWeights = parameter.columnWeights(featureCount: featureCount)
    return { moved, stepSize in
      penalty.prox(moved, strength: strength, step: stepSize, columnWeights: columnWeights)
    }
  }
}
