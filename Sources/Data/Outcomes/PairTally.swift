/// Sums of pair weights over comparable pairs, for each row that takes part in them.
///
/// - Complexity: O(n log n) for weights that are sums of products of a number of each row, as most are
///   (`SeparableWeights`), besides pairs within subjects; else O(n²), about two nanoseconds a pair.
package struct PairTally: Sendable, Equatable {
  /// Rows up to which walking over the pairs is no slower.
  static let fewRows = 400

  /// Σ of w over the comparable pairs that a row is in, on either side.
  package private(set) var weightOfRow: [Double]
  /// Of that, the pairs that the scores put in order, and half of those with equal scores.
  package private(set) var agreementOfRow: [Double]

  /// - Parameters:
  ///   - high: keys of rows as upper rows; NaN takes a row out.
  ///   - low: keys as lower rows.
  ///   - weights: of the same rows; nil counts each pair once.
  ///   - scores: larger for rows that should rank above; nil sums weights alone.
  package init(high: [Double], low: [Double], weights: PairWeights?, scores: [Double]? = nil) {
    self.init(high: high, low: low, weights: weights, scores: scores, walksUpTo: Self.fewRows)
  }

  /// - Parameter limit: the number of rows up to which pairs are walked over.
  init(
    high: [Double], low: [Double], weights: PairWeights?, scores: [Double]?, walksUpTo limit: Int
  ) {
    let rows = high.indices.filter {
      !high[$0].isNaN && !low[$0].isNaN && scores?[$0].isNaN != true
    }
    (weightOfRow, agreementOfRow) = (Array(repeating: 0, count: high.count), [])
    agreementOfRow = weightOfRow
    let scores = scores ?? weightOfRow
    if rows.count > limit,
      let separable = SeparableWeights(weights, rows: rows, rowCount: high.count)
    {
      sum(rows, high, low, separable, weights, scores)
    } else {
      walk(rows, high, low, weights, scores)
    }
  }

  /// Σ of w over all comparable pairs.
  package var total: Double { 0.5 * weightOfRow.reduce(0, +) }

  /// The share of the weight that the scores put in order; nil without a pair of weight above 0.
  package var concordance: Double? {
    let total = weightOfRow.reduce(0, +)
    return total > 0 ? agreementOfRow.reduce(0, +) / total : nil
  }

  private mutating func walk(
    _ rows: [Int], _ high: [Double], _ low: [Double], _ weights: PairWeights?, _ scores: [Double]
  ) {
    let forms = weights?.forms ?? []
    let width = weights?.width ?? 0
    (weights?.numbers ?? [1]).withUnsafeBufferPointer { numbers in
      guard let start = numbers.baseAddress else { return }
      for j in rows where low[j] < .infinity {
        let (lower, key, score) = (start + j * width, low[j], scores[j])
        var (sum, agreeing) = (0.0, 0.0)
        for i in rows where high[i] > key {
          let weight = forms.isEmpty ? 1 : PairWeights.weight(forms, start + i * width, lower)
          let share = scores[i] > score ? weight : scores[i] == score ? 0.5 * weight : 0
          weightOfRow[i] += weight
          agreementOfRow[i] += share
          sum += weight
          agreeing += share
        }
        weightOfRow[j] += sum
        agreementOfRow[j] += agreeing
      }
    }
  }

  private mutating func sum(
    _ rows: [Int], _ high: [Double], _ low: [Double], _ separable: SeparableWeights,
    _ weights: PairWeights?, _ scores: [Double]
  ) {
    let known = Dictionary(
      uniqueKeysWithValues: zip(rows, denseRanks(rows.map { scores[$0] }).map { Int($0) }))
    var sums = PairSums(ranks: high.indices.map { known[$0] ?? 0 })
    for term in separable.terms {
      sums.add(term, rows: rows, high: high, low: low, sign: 1)
      guard let entries = separable.entries else { continue }
      // Ranks are whole numbers: half of one turns "larger" into "at least".
      let late = zip(entries.lower, low).map { $1 < .infinity ? $0 - 0.5 : .infinity }
      sums.add(term, rows: rows, high: entries.upper, low: late, sign: -1)
    }
    (weightOfRow, agreementOfRow) = (sums.weight, sums.agreement)
    guard let subjects = separable.subjects, let weights else { return }
    for own in Dictionary(grouping: rows, by: { subjects[$0] }).values where own.count > 1 {
      for j in own where low[j] < .infinity {
        for i in own where high[i] > low[j] {
          let counted = separable.terms.reduce(0) { $0 + $1.upper[i] * $1.lower[j] }
          let change = weights.weight(of: i, above: j) - counted
          let share = scores[i] > scores[j] ? change : scores[i] == scores[j] ? 0.5 * change : 0
          for row in [i, j] {
            weightOfRow[row] += change
            agreementOfRow[row] += share
          }
        }
      }
    }
  }
}
