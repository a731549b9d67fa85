import RankineSupport

/// How rows are divided into folds of equal size (± 1) for cross-validation.
public struct Folds: Sendable, Equatable, Codable {
  /// The number of folds, at least 2.
  public let count: Int

  public init(count: Int) {
    self.count = count
  }

  /// The rows of each fold, ascending, spread as by `Split.parts(of:seed:)`.
  ///
  /// - Parameter rows: those to divide; all rows when nil.
  /// - Throws: `DataError` `bad-split` for fewer than two folds or more folds than rows.
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
    let fold = stratifier.assign()
    return (0..<count).map { wanted in
      rows.indices.filter { fold[$0] == wanted }.map { rows[$0] }.sorted()
    }
  }
}
