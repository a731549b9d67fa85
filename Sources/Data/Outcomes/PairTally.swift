/// Sums of pair weights over comparable pairs, for each row that takes part in them.
///
/// - Complexity: O(n²), about two nanoseconds a pair: for outcomes whose pairs do not count alike,
///   and for how much a sum depends on single rows.
package struct PairTally: Sendable, Equatable {
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
    let rows = high.indices.filter {
      !high[$0].isNaN && !low[$0].isNaN && scores?[$0].isNaN != true
    }
    var total = [Double](repeating: 0, count: high.count)
    var agreement = total
    let forms = weights?.forms ?? []
    let width = weights?.width ?? 0
    (weights?.numbers ?? [1]).withUnsafeBufferPointer { numbers in
      guard let start = numbers.baseAddress else { return }
      for j in rows where low[j] < .infinity {
        let (lower, key) = (start + j * width, low[j])
        let score = scores?[j] ?? 0
        var (sum, agreeing) = (0.0, 0.0)
        for i in rows where high[i] > key {
          let weight = forms.isEmpty ? 1 : PairWeights.weight(forms, start + i * width, lower)
          let above = scores?[i] ?? 0
          let share = above > score ? weight : above == score ? 0.5 * weight : 0
          total[i] += weight
          agreement[i] += share
          sum += weight
          agreeing += share
        }
        total[j] += sum
        agreement[j] += agreeing
      }
    }
    (weightOfRow, agreementOfRow) = (total, agreement)
  }

  /// Σ of w over all comparable pairs.
  package var total: Double { 0.5 * weightOfRow.reduce(0, +) }

  /// The share of the weight that the scores put in order; nil without a pair of weight above 0.
  package var concordance: Double? {
    let total = weightOfRow.reduce(0, +)
    return total > 0 ? agreementOfRow.reduce(0, +) / total : nil
  }
}
