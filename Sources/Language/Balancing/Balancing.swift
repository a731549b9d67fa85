import RankineGraph

/// How the losses of several tasks become one number to make small.
///
/// A rule sees the tasks' losses, may ask for their separate gradients of the shared parameters, may
/// declare parameters (trained along with the network) and states (kept from step to step), and
/// returns a scalar. Weights that should not be trained through have to be `detached`.
///
/// A rule that combines gradients returns the scalar that the tasks' own layers are trained for, to
/// which ``BalancingScope/total(of:sharing:)`` adds the gradient of the shared parameters. Penalties
/// are no part of either: they are added once, after balancing.
public protocol Balancing: Sendable {
  /// The declaration on one line: `GradNorm(alpha 1.5)`.
  var summary: String { get }
  /// What the rule does with the tasks' separate gradients of the shared parameters.
  var sharedGradients: SharedGradients { get }

  /// - Throws: `Misuse` when a hyperparameter is out of range.
  func validate() throws(Misuse)

  /// - Throws: `Misuse` when the rule cannot balance so many tasks.
  func validate(taskCount: Int) throws(Misuse)

  /// The scalar to make small.
  func total(of losses: Tensor, in scope: BalancingScope) -> Tensor
}

extension Balancing {
  public var sharedGradients: SharedGradients { .ignored }
  public func validate() throws(Misuse) {}
  public func validate(taskCount: Int) throws(Misuse) {}
}

/// What a balancing rule does with the tasks' separate gradients of the shared parameters.
public enum SharedGradients: Sendable {
  /// The total alone says how shared parameters move.
  case ignored
  /// The rule reads them to find weights; the total alone says how shared parameters move.
  case read
  /// The rule says how shared parameters move; the total is for the tasks' own parameters.
  case replaced
}
