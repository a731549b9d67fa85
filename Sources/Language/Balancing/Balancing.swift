import RankineGraph

/// How the losses of several tasks become one number to make small.
///
/// A rule sees the tasks' losses, may ask for their gradients with respect to the first shared weight,
/// may declare parameters (trained along with the network) and states (kept from step to step), and
/// returns a scalar. Weights that should not be trained through have to be `detached`.
public protocol Balancing: Sendable {
  /// The declaration on one line: `GradNorm(alpha 1.5)`.
  var summary: String { get }
  /// Whether the rule asks for the tasks' separate gradients.
  var needsTaskGradients: Bool { get }

  /// - Throws: `Misuse` when a hyperparameter is out of range.
  func validate() throws(Misuse)

  /// The scalar to make small.
  func total(of losses: Tensor, in scope: BalancingScope) -> Tensor
}

extension Balancing {
  public var needsTaskGradients: Bool { false }
  public func validate() throws(Misuse) {}
}
