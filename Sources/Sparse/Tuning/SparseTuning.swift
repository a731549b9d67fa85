import Foundation

/// Chooses among settings by rows that a fit has not seen.
///
/// The error of a trial is the mean over tasks of the root mean squared error of the task's own model;
/// for a logistic task that of its probability.
public struct SparseTuning: Sendable {
  /// Tasks to fit, and tasks in the same order to judge by; more of these where one fit is for all.
  public struct Trial: Sendable {
    let training: [SparseTask]
    let held: [SparseTask]

    public init(training: [SparseTask], held: [SparseTask]) {
      (self.training, self.held) = (training, held)
    }
  }

  /// What one of the settings came to.
  public struct Entry: Sendable {
    public let settings: SparseSettings
    /// One a trial.
    public let errors: [Double]
    /// Features that any task uses, on average over trials.
    public let featureCount: Double
    /// η of each trial's held rows, one list a task.
    public let heldScores: [[[Double]]]

    /// The mean error over trials.
    public var error: Double { errors.reduce(0, +) / Double(max(1, errors.count)) }
  }

  /// Which settings are chosen.
  public enum Rule: String, Sendable, CaseIterable {
    /// The smallest mean error.
    case best
    /// The smallest support, then the smallest error, among those within one standard error (over
    /// trials) of the smallest error.
    case oneStandardError = "one-se"
    /// For each size of support the smallest error; the smallest size within one standard deviation of
    /// these minima over sizes of the smallest one, with its best settings.
    case deviationOverSizes = "size-deviation"
  }

  public let entries: [Entry]

  /// Fits each trial along the settings in the order of `SparsePath`.
  ///
  /// - Throws: `SparseError`.
  public init(
    _ settings: [SparseSettings], trials: [Trial],
    effort: SparseSolver.Effort = SparseSolver.Effort(searchRounds: 10)
  ) throws(SparseError) {
    let ordered = SparsePath.ordered(settings)
    var fits: [[SparseFit]] = []
    for trial in trials {
      let solver = SparseSolver(try SparseProblem(trial.training), effort: effort)
      fits.append(try SparsePath(solver).run(ordered))
    }
    entries = ordered.indices.map { place in
      let own = fits.map { $0[place] }
      let scores = zip(own, trials).map { fit, trial in
        // A merged fit has one score for all tasks.
        trial.held.enumerated().map {
          fit.tasks[min($0, fit.tasks.count - 1)].scores(of: $1.design)
        }
      }
      return Entry(
        settings: ordered[place],
        errors: zip(scores, trials).map { Self.error($0, $1.held) },
        featureCount: own.reduce(0) { $0 + Double($1.scaled.union.count) }
          / Double(max(1, own.count)),
        heldScores: scores)
    }
  }

  init(entries: [Entry]) {
    self.entries = entries
  }

  /// The place of the chosen entry.
  public func choice(by rule: Rule) -> Int {
    guard let first = entries.indices.first else { return 0 }
    let best = entries.indices.reduce(first) { entries[$1].error < entries[$0].error ? $1 : $0 }
    switch rule {
    case .best: return best
    case .oneStandardError:
      let count = Double(entries[best].errors.count)
      let limit = entries[best].error + deviation(entries[best].errors) / count.squareRoot()
      return smallest(among: entries.indices.filter { entries[$0].error <= limit }) ?? best
    case .deviationOverSizes:
      let sizes = Dictionary(grouping: entries.indices) { entries[$0].settings.supportSize }
      let minima = sizes.keys.sorted().compactMap { size in
        sizes[size]?.min { entries[$0].error < entries[$1].error }
      }
      let limit = entries[best].error + deviation(minima.map { entries[$0].error })
      return minima.first { entries[$0].error <= limit } ?? best
    }
  }

  private func smallest(among places: [Int]) -> Int? {
    places.min {
      let (a, b) = (entries[$0], entries[$1])
      return (a.settings.supportSize, a.error) < (b.settings.supportSize, b.error)
    }
  }

  /// With divisor n − 1; 0 for fewer than two numbers.
  private func deviation(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The mean over tasks of the root mean squared error.
  static func error(_ scores: [[Double]], _ tasks: [SparseTask]) -> Double {
    let errors = zip(scores, tasks).map { SparseMetrics.rootMeanSquaredError($0, of: $1) }
    return errors.reduce(0, +) / Double(max(1, errors.count))
  }
}
