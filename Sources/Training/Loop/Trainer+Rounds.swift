import RankineLanguage
import RankineSupport

/// Training by turns.
extension Trainer {
  /// Learns scales anew where the model has a phase for it.
  func rescale() {
    for case .rescaling(let program) in full.phases { program.run() }
  }

  /// What comes before the first round: the phases without mini-batches.
  func openRounds() {
    for phase in full.phases { runWhole(phase) }
  }

  /// The phases of one round.
  ///
  /// - Parameter round: counted from 0.
  /// - Returns: the mean loss of the mini-batches; without any, the last objective.
  /// - Throws: `TrainingError` (`not-finite`).
  func runRound(_ round: Int) throws(TrainingError) -> Double {
    var losses: [Double] = []
    var objective = 0.0
    for (number, phase) in full.phases.enumerated() {
      guard case .stochastic(let declared, let steps) = phase,
        case .adam(_, let passes, _, _) = declared
      else {
        objective = runWhole(phase) ?? objective
        continue
      }
      let rate = declared.rate(round: round, usual: options.learningRate)
      storage.set(StepLeaf.rate, Scalar(rate ?? options.learningRate))
      for pass in 0..<passes {
        losses.append(try runEpoch(round * passes + pass, by: steps, clock: number))
      }
    }
    return losses.isEmpty ? objective : losses.reduce(0, +) / Double(losses.count)
  }

  /// A phase that sees all rows at once.
  ///
  /// - Returns: the objective where it ends; nil for a phase that has none.
  @discardableResult
  func runWhole(_ phase: BoundPhase<Scalar>) -> Double? {
    switch phase {
    case .stochastic: return nil
    case .rescaling(let program):
      program.run()
      return nil
    case .proximal(let program):
      refreshPartners()
      return program.run().last
    }
  }
}
