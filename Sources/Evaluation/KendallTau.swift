import RankineData

/// Kendall's rank correlation, corrected for ties in both lists.
///
///     τ_b = (agreeing − disagreeing) / √((N − ties in scores)(N − ties in values)),  N = n(n − 1)/2
///
/// - Parameters:
///   - scores: one a row.
///   - values: one a row; rows with NaN in either are skipped.
/// - Returns: τ_b in [−1, 1], or nil when either list is constant.
/// - Source: Kendall, Biometrika 33, 1945.
public func kendallTau(scores: [Double], values: [Double]) -> Double? {
  let rows = ObservedRows(scores: scores, values: values)
  let sweep = PairSweep(rows)
  let comparable = sweep.comparable.reduce(0, +)
  let agreeing = sweep.agreeing.reduce(0, +)
  let tied = sweep.tied.reduce(0, +)
  let pairs = rows.count * (rows.count - 1) / 2
  let tiedScores = runs(of: rows.scores.sorted()).reduce(0) { $0 + $1.count * ($1.count - 1) / 2 }
  guard comparable > 0, tiedScores < pairs else { return nil }
  let scale = (Double(pairs - tiedScores) * Double(comparable)).squareRoot()
  return Double(2 * agreeing + tied - comparable) / scale
}
