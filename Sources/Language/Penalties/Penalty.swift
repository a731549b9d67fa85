import RankineGraph

/// A term λ·Ω(W) that the objective adds for one weight, and the proximal map that lets a step end in
/// exact zeros.
///
/// A weight is [units, inputs], or [tasks, units, inputs] for a layer that each task has its own
/// copy of; then every task has groups of its own.
public protocol Penalty: Sendable {
  var strength: Strength { get }

  /// λ·Ω(W), a scalar.
  ///
  /// - Parameters:
  ///   - strength: λ, a scalar.
  ///   - columnWeights: a factor for each input [inputs], or nil where all are 1.
  func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor

  /// argmin over V of ½‖V − W‖² + t·Ω(V), of the shape of the weight.
  ///
  /// - Parameters:
  ///   - threshold: t = step size · λ, a scalar.
  ///   - columnWeights: as in `value`.
  func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor

  /// Whether the proximal map takes each input's weights [:, j] for themselves, and leaves those at zero
  /// that are zero and whose gradient is small. Training may then leave out inputs that are at zero, and
  /// look at their gradients from time to time. False unless a penalty says otherwise.
  var screensInputs: Bool { get }

  /// Whether a factor for each input changes it, so that a second path may weigh inputs by the norms that
  /// a first one found. True unless a penalty says otherwise.
  var weighsInputs: Bool { get }

  /// How a weight that it acts on starts; nil where the layer says.
  var initializer: Initializer? { get }

  /// argmin over V of ½‖V − W‖² + s·λ·Ω(V), of the shape of the weight.
  ///
  /// By default that is `prox` at the threshold s·λ. A penalty whose Ω changes with λ, as those that
  /// leave large weights alone, says here what it does at other step sizes than 1.
  ///
  /// - Parameters:
  ///   - strength: λ, a scalar.
  ///   - step: s, a scalar.
  ///   - columnWeights: as in `value`.
  func prox(_ weight: Tensor, strength: Tensor, step: Tensor, columnWeights: Tensor?) -> Tensor

  /// About the least λ at which a weight of 0 stays 0 under a loss with this gradient, a scalar: where a
  /// path of strengths starts. By default the largest norm of a column.
  func removingStrength(for gradient: Tensor) -> Tensor

  /// The declaration on one line: `GroupLasso(path of 8, over inputs)`.
  var summary: String { get }

  /// - Throws: `Misuse` when a hyperparameter is out of range.
  func validate() throws(Misuse)

  /// - Throws: `Misuse` when it is not meant for a weight whose copies belong to these.
  func validate(on copies: WeightCopies) throws(Misuse)
}

extension Penalty {
  public var screensInputs: Bool { false }
  public var weighsInputs: Bool { true }
  public var initializer: Initializer? { nil }

  public func prox(
    _ weight: Tensor, strength: Tensor, step: Tensor, columnWeights: Tensor?
  ) -> Tensor {
    prox(weight, threshold: step * strength, columnWeights: columnWeights)
  }

  public func removingStrength(for gradient: Tensor) -> Tensor {
    Grouping.inputs.norms(of: gradient).largest()
  }

  public func validate() throws(Misuse) {
    try strength.validate(of: summary)
  }

  public func validate(on copies: WeightCopies) throws(Misuse) {}
}
