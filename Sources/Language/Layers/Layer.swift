import RankineGraph

/// One step of a network: a value that holds hyperparameters; its parameters live in the fit.
///
/// A layer of the shared part sees [rows, width]. A layer of `EachTask` sees that or, after the first,
/// [tasks, rows, width], and all tasks' copies are computed together. Inside `Experts` an axis of experts
/// stands before the rows.
public protocol Layer: Sendable {
  /// Where the user declared it.
  var site: Site { get }
  /// The layer without its penalty, on one line, in Swift: `Dense(64, activation: .silu)`.
  var summary: String { get }
  /// The layer with the penalties of its weights, on one line, in Swift.
  var declaration: String { get }
  /// What penalizes its weights.
  var penalty: (any Penalty)? { get }
  /// What it has to do with experts.
  var expertRole: ExpertRole { get }
  /// Whether a layer of `EachTask` looks at other layers of `Shared` than the last one.
  var readsSharedLayers: Bool { get }
  /// Whether a layer of `EachTask` has weights that serve several tasks; then so do those of the layers
  /// below it, and balancing rules count them all among the shared ones.
  var sharesWeights: Bool { get }
  /// Whether what a layer of `EachTask` gives for a task depends on that task's copy of what is below
  /// alone. Then tasks that have rows of their own are computed on these alone; else every task is
  /// computed on the rows of all, and left out of the loss of the others.
  var keepsTasksApart: Bool { get }

  /// - Throws: `Misuse` when a hyperparameter is out of range.
  func validate() throws(Misuse)

  /// Builds the layer's formula; parameters are declared in the scope.
  func apply(to input: Tensor, in scope: LayerScope) -> Tensor
}

extension Layer {
  public var penalty: (any Penalty)? { nil }
  public var declaration: String {
    guard let penalty, penalty.strength != .none else { return summary }
    return summary + ".penalized(by: \(penalty.summary))"
  }
  public var expertRole: ExpertRole { .none }
  public var readsSharedLayers: Bool { false }
  public var sharesWeights: Bool { false }
  public var keepsTasksApart: Bool { false }
  public func validate() throws(Misuse) {}
}

/// What a layer has to do with experts, whose outputs have to be mixed before another layer reads
/// them.
public enum ExpertRole: Sendable {
  case none
  /// Gives the outputs of several experts.
  case makes
  /// Makes one output of those of several experts.
  case mixes
}
