import Foundation
import RankineData
import RankineLanguage

/// From features and outcomes to the tasks of a sparse-pattern regression.
///
/// Continuous outcomes and levels of ordinal ones become numbers of standard deviation 1, counts first
/// log(1 + y); binary outcomes are logistic tasks. Rows without the outcome are left out.
struct SparseSampleReader {
  /// What binary outcomes become.
  enum Classes {
    /// Logistic tasks.
    case logistic
    /// Numbers like others.
    case numbers
  }

  private let sample: LinearSample
  private let isMerged: Bool
  /// One a task: by what numbers are divided, and their mean; nil for a logistic task.
  private let scales: [(mean: Double, deviation: Double)?]

  /// - Throws: `SparseError` (`unsupported-outcome`).
  init(
    _ sample: LinearSample, isMerged: Bool = false, classes: Classes = .logistic
  ) throws(SparseError) {
    (self.sample, self.isMerged) = (sample, isMerged)
    for outcome in sample.outcomes { try Self.check(outcome.scale, of: outcome.name) }
    let allBinary = sample.outcomes.allSatisfy { $0.scale == .binary }
    scales = sample.outcomes.map { outcome in
      // One score for numbers and classes together takes the classes as numbers.
      if outcome.scale == .binary, classes == .logistic, !isMerged || allBinary { return nil }
      let values = sample.rows.map { Self.number(outcome, $0) }.filter { !$0.isNaN }
      let count = Double(max(1, values.count))
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / count).squareRoot()
      return (mean, deviation > 0 ? deviation : 1)
    }
  }

  /// - Throws: `SparseError` (`unsupported-outcome`) for a scale that no loss fits.
  static func check(_ scale: OutcomeScale, of task: String) throws(SparseError) {
    guard scale == .censored else { return }
    throw SparseError(
      "unsupported-outcome", at: "task \"\(task)\"",
      "sparse linear models have no loss for censored times",
      hint: "leave the task out, or compare with \"linear\", which ranks them")
  }

  /// The tasks of the regression: one for all when they are merged.
  var taskCount: Int { isMerged ? 1 : sample.outcomes.count }

  /// The tasks over some rows, to fit.
  ///
  /// - Throws: `SparseError` (`bad-task`) for a task that these rows do not allow.
  func tasks(_ rows: [Int]) throws(SparseError) -> [SparseTask] {
    let observed = sample.outcomes.map { outcome in
      rows.filter { !outcome.values[$0].isNaN }
    }
    if isMerged {
      return [try merged(observed)]
    }
    // Outcomes of the same rows share their predictors.
    var designs: [[Int]: DesignMatrix] = [:]
    var tasks: [SparseTask] = []
    for (position, outcome) in sample.outcomes.enumerated() {
      let own = observed[position]
      let design = designs[own] ?? design(own)
      designs[own] = design
      tasks.append(
        try SparseTask(
          outcome.name, design: design, response: own.map { response(position, $0) },
          kind: scales[position] == nil ? .logistic : .gaussian))
    }
    return tasks
  }

  /// The tasks over rows that judge, which may lack classes and outcomes.
  func heldTasks(_ rows: [Int]) throws(SparseError) -> [SparseTask] {
    let all = design(rows)
    return sample.outcomes.indices.map { position in
      SparseTask(
        judging: sample.outcomes[position].name, design: all,
        response: rows.map { response(position, $0) },
        kind: scales[position] == nil ? .logistic : .gaussian)
    }
  }

  /// Each task's own fit, from one that may be merged.
  func expanded(_ fit: SparseFit) -> [SparseFit.TaskFit] {
    isMerged ? sample.outcomes.map { _ in fit.tasks[0] } : fit.tasks
  }

  // MARK: Parts

  private func merged(_ observed: [[Int]]) throws(SparseError) -> SparseTask {
    let rows = Array(observed.joined())
    let responses = zip(observed.indices, observed).flatMap { position, own in
      own.map { response(position, $0) }
    }
    return try SparseTask(
      sample.outcomes.map(\.name).joined(separator: ", "), design: design(rows),
      response: responses, kind: scales.contains { $0 == nil } ? .logistic : .gaussian)
  }

  private func design(_ rows: [Int]) -> DesignMatrix {
    DesignMatrix(rowCount: rows.count, columnCount: sample.features.columnCount) {
      sample.features[rows[$0], $1]
    }
  }

  /// The outcome as the loss sees it; NaN where it is missing.
  private func response(_ position: Int, _ row: Int) -> Double {
    let value = Self.number(sample.outcomes[position], row)
    return scales[position].map { (value - $0.mean) / $0.deviation } ?? value
  }

  private static func number(_ outcome: OutcomeValues, _ row: Int) -> Double {
    outcome.scale == .count ? log1p(max(0, outcome.values[row])) : outcome.values[row]
  }
}
