/// Coefficients of all tasks, with the value of what they minimize.
public struct SparseFit: Sendable, Equatable {
  /// The coefficients of one task in the units of its features.
  public struct TaskFit: Sendable, Equatable {
    public let name: String
    public let intercept: Double
    /// One a feature; exactly 0 outside the support.
    public let coefficients: [Double]

    /// The features with a coefficient that is not 0, ascending.
    public var support: [Int] { coefficients.indices.filter { coefficients[$0] != 0 } }

    /// η of each row.
    public func scores(of design: DesignMatrix) -> [Double] {
      precondition(design.columnCount == coefficients.count, "the same features")
      var scores = Array(repeating: intercept, count: design.rowCount)
      design.add(coefficients, columns: support, to: &scores)
      return scores
    }
  }

  /// In the order of the problem.
  public let tasks: [TaskFit]
  /// F of `SparseSettings`.
  public let objective: Double
  /// What was minimized.
  public let settings: SparseSettings
  /// F after each step that changed the coefficients.
  public let trace: [Double]
  /// The coefficients of standardized features, a list a task: where a further fit may start.
  let scaled: SparseCoefficients

  /// The features that each task uses.
  public var supports: [[Int]] { tasks.map(\.support) }
}
