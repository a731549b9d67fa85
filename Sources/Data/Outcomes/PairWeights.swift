/// What the pairs of some rows of an outcome count for.
///
/// Row by row it holds the numbers that the forms read. Rows without the outcome have 1 everywhere,
/// so that a weight is always a finite number; their keys keep them out of all pairs.
public struct PairWeights: Sendable, Equatable {
  /// The formulas whose product is a pair's weight.
  public let forms: [PairForm]
  /// The number of rows.
  public let rowCount: Int
  /// Row by row, the numbers of the first form, then those of the second, ….
  public let numbers: [Double]

  /// How many numbers each row has.
  public var width: Int { forms.reduce(0) { $0 + $1.numberCount } }

  /// - Parameters:
  ///   - forms: at least one.
  ///   - columns: one list for each number that the forms read, each with one entry a row.
  public init(forms: [PairForm], columns: [[Double]]) {
    precondition(
      columns.count == forms.reduce(0) { $0 + $1.numberCount }, "a list for each number")
    self.forms = forms
    let count = columns.first?.count ?? 0
    rowCount = count
    numbers = (0..<count).flatMap { row in columns.map { $0[row].isFinite ? $0[row] : 1 } }
  }

  /// One of the numbers, of every row.
  public func column(_ number: Int) -> [Double] {
    (0..<rowCount).map { numbers[$0 * width + number] }
  }

  /// What the pair of row `i` above row `j` counts for.
  public func weight(of i: Int, above j: Int) -> Double {
    numbers.withUnsafeBufferPointer { all in
      guard let start = all.baseAddress else { return 1 }
      return Self.weight(forms, start + i * width, start + j * width)
    }
  }

  static func weight(
    _ forms: [PairForm], _ upper: UnsafePointer<Double>, _ lower: UnsafePointer<Double>
  ) -> Double {
    var weight = 1.0
    var offset = 0
    for form in forms {
      weight *= form.weight(upper + offset, lower + offset)
      offset += form.numberCount
    }
    return weight
  }
}

extension OutcomeValues {
  /// What the pairs of some rows count for; nil where all count alike.
  ///
  /// - Parameters:
  ///   - rows: the rows; numbers such as the size of a class or the visits of a subject are counted
  ///     among them.
  ///   - isTraining: false leaves out the forms that are not measured by.
  public func pairWeights(rows: [Int], isTraining: Bool = true) -> PairWeights? {
    let forms = type.pairForms
    guard !forms.isEmpty else { return nil }
    let columns = type.pairNumbers(of: self, rows: rows)
    var kept: (forms: [PairForm], columns: [[Double]]) = ([], [])
    var start = 0
    for form in forms {
      if isTraining || form.isMeasured {
        kept.forms.append(form)
        kept.columns += columns[start..<(start + form.numberCount)]
      }
      start += form.numberCount
    }
    return kept.forms.isEmpty ? nil : PairWeights(forms: kept.forms, columns: kept.columns)
  }
}
