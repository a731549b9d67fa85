import RankineSupport

/// How rows are divided into training, validation and test rows.
public struct Split: Sendable, Equatable, Codable {
  /// The shares of training, validation and test rows, in any unit.
  public let shares: [Double]

  /// Shares in any unit, 60, 20 and 20 or 0.6, 0.2 and 0.2; a share of 0 leaves a part empty.
  public static func ratio(_ training: Double, _ validation: Double, _ test: Double) -> Split {
    Split(shares: [training, validation, test])
  }

  /// The rows of each part, each class of each binary or ordinal task and the events of each
  /// censored task spread over the parts as evenly as can be. Sizes are exact, unless an outcome has
  /// subjects, whose rows stay together for all tasks.
  ///
  /// - Throws: `DataError` `bad-split` for shares below 0, no training rows, or too few rows or
  ///   subjects.
  public func parts(of data: Dataset, seed: UInt64) throws(DataError) -> Parts {
    try parts(rowCount: data.rowCount, outcomes: data.outcomes, seed: seed)
  }

  /// As `parts(of:seed:)`, for the outcomes of any rows.
  public func parts(
    rowCount: Int, outcomes: [OutcomeValues], seed: UInt64
  ) throws(DataError) -> Parts {
    let sizes = try sizes(rowCount: rowCount)
    var stratifier = Stratifier(
      rowCount: rowCount, outcomes: outcomes, sizes: sizes,
      random: CounterRandom(seed: seed, named: "split"))
    let parts = stratifier.assign()
    if let part = parts.indices.first(where: { parts[$0].isEmpty && sizes[$0] > 0 }) {
      throw DataError(
        "bad-split", in: "split \(shares.map(decimalText).joined(separator: "/"))",
        "rows of a subject stay together, which leaves none for \(Self.names[part])",
        hint: "give that part a larger share, or 0")
    }
    return Parts(training: parts[0], validation: parts[1], test: parts[2])
  }

  private static let names = ["training", "validation", "test"]

  /// Sizes by largest remainder, at least one row for each share above 0.
  private func sizes(rowCount: Int) throws(DataError) -> [Int] {
    let total = shares.reduce(0, +)
    let text = shares.map(decimalText).joined(separator: "/")
    guard shares.count == 3, shares.allSatisfy({ $0 >= 0 }), shares[0] > 0, total.isFinite else {
      throw DataError(
        "bad-split", in: "split \(text)",
        "expected three shares of 0 or more, the first above 0", hint: "for example 60/20/20")
    }
    let exact = shares.map { $0 / total * Double(rowCount) }
    var sizes = exact.map { Int($0 + 1e-9) }
    let byRemainder = [0, 1, 2].sorted {
      exact[$0] - Double(sizes[$0]) > exact[$1] - Double(sizes[$1])
    }
    for part in byRemainder where sizes.reduce(0, +) < rowCount { sizes[part] += 1 }
    if let part = [0, 1, 2].first(where: { shares[$0] > 0 && sizes[$0] == 0 }) {
      throw DataError(
        "bad-split", in: "split \(text)",
        "\(rowCount) rows leave none for \(Self.names[part])",
        hint: "give that part a larger share, or 0")
    }
    return sizes
  }
}

/// Rows for training, for choosing and for testing; each ascending, together all rows once.
public struct Parts: Sendable, Equatable, Codable {
  public let training: [Int]
  public let validation: [Int]
  public let test: [Int]

  public init(training: [Int], validation: [Int], test: [Int]) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }
}
