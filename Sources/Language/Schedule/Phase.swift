import Foundation

/// A part of a round of training: which parameters move, and how.
public enum Phase: Sendable, Hashable {
  /// Passes over the training rows in mini-batches, by the optimizer of the training options.
  ///
  /// The step size of round t = 0, 1, … is η₀·decayᵗ, with η₀ the given rate or that of the options.
  case adam(on: Movable, passes: Int = 1, rate: Double? = nil, decay: Double = 1)
  /// Proximal gradient steps on all training rows, with step size 1/L: L is the largest curvature of the
  /// loss along the parameters, found by power iteration, and doubled while a step would not descend.
  ///
  ///     θ ← prox_{Ω/L}( θ − ∇f(θ)/L )
  ///
  /// so that the objective f + Ω never grows. It ends after so many steps, or where a step changes the
  /// objective by less than the tolerance, relative to it. What does not depend on the moving parameters
  /// is computed once.
  case proximalGradient(on: Movable, steps: Int = 200, tolerance: Double = 1e-6)
  /// Layers that keep the scale of what they read as numbers of their own learn it anew from all training
  /// rows; no score changes.
  case rescaling

  /// Whether its steps see mini-batches.
  public var isStochastic: Bool { if case .adam = self { true } else { false } }

  /// The step size in a round, from 0; nil for a phase whose steps find their own.
  ///
  /// - Parameter usual: the step size where the phase gives none.
  public func rate(round: Int, usual: Double) -> Double? {
    guard case .adam(_, _, let rate, let decay) = self else { return nil }
    return (rate ?? usual) * pow(decay, Double(round))
  }

  /// The declaration in Swift.
  public var summary: String {
    switch self {
    case .adam(let group, let passes, let rate, let decay):
      "Phase.adam(on: .\(group.rawValue), passes: \(passes)"
        + (rate.map { ", rate: \($0)" } ?? "") + ", decay: \(decay))"
    case .proximalGradient(let group, let steps, let tolerance):
      "Phase.proximalGradient(on: .\(group.rawValue), steps: \(steps), tolerance: \(tolerance))"
    case .rescaling: "Phase.rescaling"
    }
  }

  func validate() throws(Misuse) {
    switch self {
    case .rescaling: break
    case .adam(_, let passes, let rate, let decay):
      try Misuse.unlessPositive(Double(passes), "passes", of: "Phase.adam")
      if let rate { try Misuse.unlessPositive(rate, "rate", of: "Phase.adam") }
      try Misuse.unlessPositive(decay, "decay", of: "Phase.adam")
    case .proximalGradient(_, let steps, let tolerance):
      try Misuse.unlessPositive(Double(steps), "steps", of: "Phase.proximalGradient")
      try Misuse.unlessNotNegative(tolerance, "tolerance", of: "Phase.proximalGradient")
    }
  }
}

/// Parameters that move together.
public enum Movable: String, Sendable, Hashable, CaseIterable {
  /// All that are trained.
  case all
  /// Those of layers, but for coefficients; with those that losses and balancing learn.
  case network
  /// Coefficients of factors.
  case coefficients
}

/// What a parameter is to the phases of training.
package enum ParameterRole: Sendable, Hashable {
  /// A weight or a bias.
  case network
  /// A coefficient of a factor.
  case coefficient
  /// A scale that rescaling renews, and no optimizer moves.
  case scale

  /// Whether it moves with a group.
  package func moves(with group: Movable) -> Bool {
    switch (self, group) {
    case (.scale, _): false
    case (_, .all), (.network, .network), (.coefficient, .coefficients): true
    default: false
    }
  }
}
