/// Pair weights as sums of products of a number of the upper row and one of the lower row, over all
/// comparable pairs or over those less others: what can be summed without a walk over pairs.
struct SeparableWeights {
  /// u of the upper row times v of the lower one.
  struct Term {
    var upper: [Double]
    var lower: [Double]
  }

  /// A weight is their sum.
  private(set) var terms: [Term]
  /// Pairs of an upper row whose first number is at least the lower row's second one do not count.
  private(set) var entries: (upper: [Double], lower: [Double])?
  /// Rows of one subject, whose pairs weigh otherwise than the terms say.
  private(set) var subjects: [Double]?

  /// - Parameters:
  ///   - weights: nil counts each pair once.
  ///   - rows: those that have an outcome.
  /// - Returns: nil for forms that are no such sums.
  init?(_ weights: PairWeights?, rows: [Int], rowCount: Int) {
    let ones = [Double](repeating: 1, count: rowCount)
    terms = [Term(upper: ones, lower: ones)]
    guard let weights else { return }
    var number = 0
    for form in weights.forms {
      let columns = (number..<(number + form.numberCount)).map(weights.column)
      number += form.numberCount
      switch form {
      case .product: multiply(by: [Term(upper: columns[0], lower: columns[0])])
      case .inverseCensoring: multiply(by: [Term(upper: ones, lower: columns[0])])
      case .gap:
        multiply(by: [
          Term(upper: columns[0], lower: ones),
          Term(upper: ones.map { -$0 }, lower: columns[0]),
        ])
      case .entered:
        // Whoever enters before the own time, and after another's event, lies above that one.
        guard rows.allSatisfy({ columns[0][$0] < columns[1][$0] }) else { return nil }
        entries = (columns[0], columns[1])
      case .clustered:
        guard weights.forms.count == 1 else { return nil }
        multiply(by: [Term(upper: columns[1], lower: columns[1])])
        subjects = columns[0]
      case .harmonic, .window, .clusteredInTime: return nil
      }
    }
  }

  private mutating func multiply(by others: [Term]) {
    terms = terms.flatMap { term in
      others.map { other in
        Term(
          upper: zip(term.upper, other.upper).map { $0 * $1 },
          lower: zip(term.lower, other.lower).map { $0 * $1 })
      }
    }
  }
}
