import RankineGraph

/// Removes whole inputs for all tasks, and those that stay for single tasks.
///
///     Ω = Σⱼ ωⱼ ( (1 − α) Σₖ ‖Wₖ[:, j]‖₂ + α ‖(W₁[:, j], …, W_K[:, j])‖₂ )
///
/// Its proximal map is the group threshold of each task's columns at t·(1 − α), followed by that of the
/// columns of all tasks together at t·α.
///
/// - Shapes: the weight is [tasks, units, inputs], that of the first layer of `EachTask`.
/// - Source: Simon, Friedman, Hastie & Tibshirani, JCGS 22 (2013), section 2, with a task's column in
///   the place of a single weight.
public struct TaskGroupLasso: Penalty {
  public let strength: Strength
  /// α in 0...1: the share of the penalty on the columns of all tasks together.
  public let mix: Double

  /// - Parameters:
  ///   - strength: λ of the whole.
  ///   - mix: α in 0...1.
  public init(_ strength: Strength = .path(count: 8), mix: Double = 0.5) {
    (self.strength, self.mix) = (strength, mix)
  }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    GroupLasso(self.strength).value(
      weight, strength: strength * (1 - mix), columnWeights: columnWeights)
      + GroupLasso(self.strength, over: .inputsOfAllTasks).value(
        weight, strength: strength * mix, columnWeights: columnWeights)
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let inner = GroupLasso(strength).prox(
      weight, threshold: threshold * (1 - mix), columnWeights: columnWeights)
    return GroupLasso(strength, over: .inputsOfAllTasks).prox(
      inner, threshold: threshold * mix, columnWeights: columnWeights)
  }

  public var screensInputs: Bool { true }

  public func removingStrength(for gradient: Tensor) -> Tensor {
    Grouping.inputsOfAllTasks.norms(of: gradient).largest()
  }

  public var summary: String { "TaskGroupLasso(\(strength), mix: \(mix))" }

  public func validate() throws(Misuse) {
    try strength.validate(of: summary)
    guard mix >= 0, mix <= 1 else {
      throw Misuse(
        "bad-hyperparameter", "the mix of \(summary) is \(mix)",
        hint: "give a number from 0 (each task alone) to 1 (all tasks together)")
    }
  }

  public func validate(on copies: WeightCopies) throws(Misuse) {
    try copies.require(.tasks, for: "TaskGroupLasso")
  }
}
