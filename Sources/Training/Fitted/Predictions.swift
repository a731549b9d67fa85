import RankineData
import RankineEvaluation

/// What a fitted model says about some rows.
public struct Predictions: Sendable, Equatable {
  /// One task's part.
  public struct Task: Sendable, Equatable {
    public let name: String
    /// The texts of the levels from low to high; empty unless binary or ordinal.
    public let levels: [String]
    /// The network's output: larger means a larger outcome. Its unit has no meaning.
    public let scores: [Double]
    /// On the outcome's scale: a number, an index of `levels`, a mean count, a median time.
    public let values: [Double]
    /// The probability of the positive class, or of the predicted level; nil for other outcomes.
    public let probabilities: [Double]?
    /// The probability of each level; empty unless binary or ordinal.
    public let levelProbabilities: [[Double]]

    /// The predicted values as texts: a level's name for classes.
    public var texts: [String] {
      values.map { value in
        let level = Int(exactly: value) ?? -1
        return levels.indices.contains(level) ? levels[level] : decimalText(value)
      }
    }
  }

  /// In the order of the model's outcomes.
  public let tasks: [Task]
  /// The nominal outcomes, whose classes are among the tasks: without scores, `values` index `levels`, and
  /// the probabilities are shares of the classes' calibrated ones.
  public let nominal: [Task]
  /// The number of rows.
  public let rowCount: Int

  /// The task of that name.
  public subscript(name: String) -> Task? { (tasks + nominal).first { $0.name == name } }

  /// The content of `predictions.csv`: `row` from 1 (or the identifiers' column), and per task
  /// `NAME.score`, `NAME.prediction` and for classes `NAME.probability`; then the nominal outcomes, which
  /// have no score.
  ///
  /// - Parameters:
  ///   - rows: the numbers of the rows in their table, from 0; 0, 1, … when nil.
  ///   - identifiers: names of the rows, which replace their numbers.
  ///   - heading: the name of the first column.
  /// - Throws: `DataError` (`duplicate-column`) when two tasks' columns have one name.
  public func table(
    rows: [Int]? = nil, identifiers: [String]? = nil, heading: String = "row"
  ) throws -> Table {
    let numbers = rows ?? Array(0..<rowCount)
    var columns = [
      identifiers.map { Column(heading, texts: $0) }
        ?? Column(heading, numbers: numbers.map { Double($0 + 1) })
    ]
    for (position, task) in (tasks + nominal).enumerated() {
      if position < tasks.count {
        columns.append(Column(task.name + ".score", numbers: task.scores))
      }
      columns.append(
        task.levels.isEmpty
          ? Column(task.name + ".prediction", numbers: task.values)
          : Column(task.name + ".prediction", texts: task.texts))
      if let probabilities = task.probabilities {
        columns.append(Column(task.name + ".probability", numbers: probabilities))
      }
    }
    return try Table("predictions", columns: columns)
  }
}
