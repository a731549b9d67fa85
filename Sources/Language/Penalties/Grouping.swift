import RankineGraph

/// Which weights of a layer stand or fall together.
public enum Grouping: Hashable, Sendable, CustomStringConvertible {
  /// All weights that leave one input: a column of the weight. Every task's copy has columns of its
  /// own.
  case inputs
  /// All weights that leave one input in any task's copy: the input is removed for all tasks.
  case inputsOfAllTasks
  /// All weights that enter one unit: a row of the weight. Column weights have no part in it.
  case units

  /// As Swift writes it: `.inputs`.
  public var description: String {
    switch self {
    case .inputs: ".inputs"
    case .inputsOfAllTasks: ".inputsOfAllTasks"
    case .units: ".units"
    }
  }

  /// The norms of the groups [copies…, inputs], [inputs] or [copies…, units].
  func norms(of weight: Tensor) -> Tensor { weight.norm(over: axes(of: weight)) }

  /// Each group times a number of its own; `factors` has the shape of `norms`.
  func scaling(_ weight: Tensor, by factors: Tensor) -> Tensor {
    var kept = weight.shape
    for axis in axes(of: weight) { kept.dimensions[axis] = 1 }
    return weight * factors.reshaped(to: kept)
  }

  /// What multiplies the penalty of each group.
  func factor(_ columnWeights: Tensor?) -> Tensor? {
    self == .units ? nil : columnWeights
  }

  /// The axes that one group runs along.
  private func axes(of weight: Tensor) -> [Int] {
    let last = weight.shape.rank - 1
    return switch self {
    case .inputs: [last - 1]
    case .inputsOfAllTasks: Array(0..<last)
    case .units: [last]
    }
  }
}
