/// Tasks with the same features, ready for the solvers.
///
/// Nothing of size features × features is ever made.
public struct SparseProblem: Sendable {
  /// How features and responses enter the objective.
  public enum Scaling: Sendable {
    /// Centred, features divided by their standard deviation in the task's rows (divisor n); each task
    /// has an intercept.
    case standardized
    /// As they are, without intercepts.
    case asGiven
  }

  let tasks: [ScaledTask]
  /// The number of features.
  public let featureCount: Int

  /// The number of tasks.
  public var taskCount: Int { tasks.count }

  /// - Throws: `SparseError`: `no-task`, `different-features`, or `bad-feature` for a value that is
  ///   not finite.
  public init(_ tasks: [SparseTask], scaling: Scaling = .standardized) throws(SparseError) {
    guard let first = tasks.first else {
      throw SparseError("no-task", at: "the problem", "there is no task", hint: "give one or more")
    }
    featureCount = first.design.columnCount
    var known: [ObjectIdentifier: ScaledDesign] = [:]
    var scaled: [ScaledTask] = []
    for task in tasks {
      guard task.design.columnCount == featureCount else {
        throw SparseError(
          "different-features", at: "task \"\(task.name)\"",
          "it has \(task.design.columnCount) features, task \"\(first.name)\" \(featureCount)",
          hint: "give all tasks the same features in the same order")
      }
      let key = ObjectIdentifier(task.design)
      let design: ScaledDesign
      if let found = known[key] {
        design = found
      } else {
        try Self.check(task)
        design = ScaledDesign(task.design, isStandardized: scaling == .standardized)
        known[key] = design
      }
      let isCentred = scaling == .standardized && task.kind == .gaussian
      let centre =
        isCentred ? task.response.reduce(0, +) / Double(task.response.count) : 0
      scaled.append(
        ScaledTask(
          name: task.name, kind: task.kind, design: design.design,
          response: task.response.map { $0 - centre }, norms: design.norms,
          scales: design.scales, centres: design.centres, responseCentre: centre,
          hasIntercept: scaling == .standardized))
    }
    self.tasks = scaled
  }

  private static func check(_ task: SparseTask) throws(SparseError) {
    for column in 0..<task.design.columnCount {
      for row in 0..<task.design.rowCount where !task.design[row, column].isFinite {
        throw SparseError(
          "bad-feature", at: "task \"\(task.name)\"",
          "feature \(column + 1) of row \(row + 1) is \(task.design[row, column])",
          hint: "impute it or leave the row out")
      }
    }
  }
}
