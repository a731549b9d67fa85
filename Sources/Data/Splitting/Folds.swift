import RankineSupport

/// How rows are divided into folds of equal size (± 1) for cross-validation; rows of one subject stay
/// together.
public struct Folds: Sendable, Equatable, Codable {
  /// The number of folds, at least 2.
  public let count: Int

  public init(count: Int) {
    self.count = count
  }

  /// The rows of each fold, ascending, spread as by `Split.parts(of:seed:)`.
  ///
  /// - Parameter rows: those to divide; all rows when nil.
  /// - Throws: `DataError` `bad-split` for fewer than two folds or more folds than rows or subjects.
  public func parts(
    of data: Dataset, rows: [Int]? = nil, seed: UInt64
  ) throws(DataError) -> [[Int]] {
    let rows = rows ?? Array(0..<data.rowCount)
    guard count >= 2, count <= rows.count else {
      throw DataError(
        "bad-split", in: "\(count) folds", "\(rows.count) rows cannot make \(count) folds",
        hint: "choose from 2 to the number of rows")
    }
    let sizes = (0..<count).map { (rows.count + count - 1 - $0) / count }
    var stratifier = Stratifier(
      rowCount: data.rowCount, rows: rows, outcomes: data.outcomes, sizes: sizes,
      random: CounterRandom(seed: seed, named: "folds"))
    let folds = stratifier.assign()
    if folds.contains(where: \.isEmpty) {
      throw DataError(
        "bad-split", in: "\(count) folds",
        "rows of a subject stay together, which leaves a fold without any",
        hint: "choose at most as many folds as there are subjects")
    }
    return folds
  }
}
