/// Trains a model by turns: every round runs the phases in their order, each moving some parameters
/// while the others stand still.
///
///     Rounds {
///       Phase.adam(on: .network, passes: 5, decay: 0.95)
///       Phase.rescaling
///       Phase.proximalGradient(on: .coefficients, steps: 200, tolerance: 1e-6)
///     }
///
/// A round takes the place of an epoch: after it validation rows judge, and training stops when they
/// have not been better for a while. Before the first round the phases run once that need no
/// mini-batches. Running means of weights are not taken, as means of parameters that are found by turns
/// belong to no turn.
public struct Rounds: Sendable {
  /// In the order of a round.
  public let phases: [Phase]
  /// Where it was declared.
  public let site: Site

  /// Declares the phases of a round.
  public init(
    file: String = #fileID, line: Int = #line, @PhaseBuilder _ phases: () -> [Phase]
  ) {
    self.phases = phases()
    self.site = Site(file: file, line: line)
  }

  /// - Throws: `Misuse` for no phase, or a number of a phase that is out of range.
  func validate() throws(Misuse) {
    guard !phases.isEmpty else {
      throw Misuse("no-phase", "a round has no phase", hint: "add Phase.adam(on: .all)")
    }
    for phase in phases { try phase.validate() }
  }
}

/// Collects the phases of a round; `if`, `else` and `for` work as in code.
@resultBuilder
public enum PhaseBuilder {
  public static func buildExpression(_ phase: Phase) -> [Phase] { [phase] }
  public static func buildBlock(_ parts: [Phase]...) -> [Phase] { Array(parts.joined()) }
  public static func buildOptional(_ part: [Phase]?) -> [Phase] { part ?? [] }
  public static func buildEither(first part: [Phase]) -> [Phase] { part }
  public static func buildEither(second part: [Phase]) -> [Phase] { part }
  public static func buildArray(_ parts: [[Phase]]) -> [Phase] { Array(parts.joined()) }
}
