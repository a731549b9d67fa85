import RankineCompiler
import RankineGraph
import RankineLanguage

/// A phase of a round, compiled.
package enum PhaseProgram: Sendable {
  /// Mini-batch steps.
  case stochastic(Phase, CompiledProgram)
  /// Proximal gradient steps on all rows.
  case proximal(Phase, ProximalPhase)
  /// New scales, with all that goes with them.
  case rescaling(CompiledProgram)

  /// The phases of a declaration, with the state that their steps keep.
  ///
  /// - Throws: `ModelError`, `GraphError`.
  static func all(
    _ rounds: Rounds, of model: LoweredModel, featureCount: Int, options: TrainingOptions,
    keepsText: Bool
  ) throws -> (phases: [PhaseProgram], state: [StateLeaf]) {
    var phases: [PhaseProgram] = []
    var state: [StateLeaf] = []
    for (number, phase) in rounds.phases.enumerated() {
      switch phase {
      case .adam(let group, _, _, _):
        let model = try model.relowered(features: featureCount)
        let built = StepProgram(
          model: model, objective: model.objective(), featureCount: featureCount,
          options: options, group: group
        ).build()
        phases.append(.stochastic(phase, try compile(built.program, keepsText: keepsText)))
        let known = Set(state.map(\.name))
        state += built.state.filter { !known.contains($0.name) }
      case .proximalGradient(let group, _, _):
        let whole = try model.relowered(features: featureCount, layout: .padded)
        phases.append(
          .proximal(
            phase,
            try ProximalPhase(
              whole, moving: group, featureCount: featureCount, named: "phase.\(number)")))
      case .rescaling:
        let whole = try model.relowered(features: featureCount, layout: .whole)
        phases.append(
          .rescaling(
            try compile(Program("rescale", graph: whole.graph, updates: whole.renewals))))
      }
    }
    return (phases, state)
  }
}
