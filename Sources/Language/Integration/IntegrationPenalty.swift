import RankineGraph

/// A penalty that draws the tasks' coefficients of shared factors together: λ·P(β₁, …, β_R).
///
/// Its weight is [tasks + auxiliary rows, 1, factors]: a row of coefficients for each task, and below
/// them numbers of the penalty's own, a centre for example. No loss reads these, so gradient steps leave
/// them where they are, and the proximal map, which sees all rows, renews them from there: they start
/// where the step before ended, and are stored with the weights.
///
/// - Source: arXiv:2505.24281 integrates adaptively; its form is not public. These are reconstructions.
public protocol IntegrationPenalty: Penalty {
  /// What each task counts for.
  var weighing: TaskWeighing { get }

  /// How many rows stand below those of so many tasks.
  func auxiliaryRowCount(taskCount: Int) -> Int

  /// P, a scalar.
  func value(of rows: CoefficientRows) -> Tensor

  /// The rows that minimize ½ Σᵣ ‖βᵣ − uᵣ‖² + t·P, u being the present ones of the tasks.
  ///
  /// - Parameter threshold: t, a scalar.
  /// - Returns: the tasks' rows [tasks, factors], and the auxiliary ones.
  func prox(_ rows: CoefficientRows, threshold: Tensor) -> (own: Tensor, auxiliary: Tensor?)
}

/// What tasks count for in an integration penalty.
public enum TaskWeighing: String, Sendable, Hashable, CaseIterable, HyperparameterValue {
  /// vᵣ = √(nᵣ R/N), with nᵣ of N rows: where a loss weighs more, so does the penalty.
  case bySize
  /// vᵣ = 1.
  case equal
}

extension IntegrationPenalty {
  public func auxiliaryRowCount(taskCount: Int) -> Int { 0 }
  public var weighsInputs: Bool { false }

  public func value(_ weight: Tensor, strength: Tensor, columnWeights: Tensor?) -> Tensor {
    strength * value(of: CoefficientRows(weight, of: self))
  }

  public func prox(_ weight: Tensor, threshold: Tensor, columnWeights: Tensor?) -> Tensor {
    let (own, auxiliary) = prox(CoefficientRows(weight, of: self), threshold: threshold)
    let rows = auxiliary.map { concatenate([own, $0], along: 0) } ?? own
    return rows.reshaped(to: weight.shape)
  }

  /// The largest distance of a task's gradient from its share of the sum of all, over its weight: at
  /// about this strength equal coefficients are optimal.
  public func removingStrength(for gradient: Tensor) -> Tensor {
    let rows = CoefficientRows(gradient, of: self)
    let sum: Tensor = rows.own.sum(over: [0]).insertingAxis(at: 0)
    return (rows.distances(of: rows.own - rows.shares * sum) / rows.weights).largest()
  }
}
