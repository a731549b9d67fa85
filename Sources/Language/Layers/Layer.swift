import RankineGraph

/// One step of a network: a value that holds hyperparameters; its parameters live in the fit.
///
/// A layer of the shared part sees [rows, width]. A layer of `EachTask` sees that or, after the first,
/// [tasks, rows, width], and all tasks' copies are computed together.
public protocol Layer: Sendable {
  /// Where the user declared it.
  var site: Site { get }
  /// The declaration on one line: `Dense(64, silu)`.
  var summary: String { get }
  /// What penalizes its weights.
  var penalty: (any Penalty)? { get }

  /// - Throws: `Misuse` when a hyperparameter is out of range.
  func validate() throws(Misuse)

  /// Builds the layer's formula; parameters are declared in the scope.
  func apply(to input: Tensor, in scope: LayerScope) -> Tensor
}

extension Layer {
  public var penalty: (any Penalty)? { nil }
  public func validate() throws(Misuse) {}
}
