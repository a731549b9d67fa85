/// Agreement of predicted and true levels beyond chance, a miss weighed by its square.
///
///     κ = 1 − Σ (aᵢ − bᵢ)² / (1/n Σᵢⱼ (aᵢ − bⱼ)²)
///
/// - Parameters:
///   - predictions: predicted level a row.
///   - values: true level a row; rows with NaN in either are skipped.
/// - Returns: κ, at most 1, or nil when predictions and values are all the same level.
/// - Source: Cohen, Psychological Bulletin 70, 1968.
public func quadraticKappa(predictions: [Double], values: [Double]) -> Double? {
  let rows = ObservedRows(scores: predictions, values: values)
  guard rows.count > 0 else { return nil }
  let count = Double(rows.count)
  let observed = zip(rows.scores, rows.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  let meanGap = Statistics.mean(rows.scores) - Statistics.mean(rows.values)
  // 1/n Σᵢⱼ (aᵢ − bⱼ)² = Σ (aᵢ − ā)² + Σ (bⱼ − b̄)² + n (ā − b̄)².
  let expected =
    Statistics.sumOfSquares(rows.scores) + Statistics.sumOfSquares(rows.values)
    + count * meanGap * meanGap
  return expected > 0 ? 1 - observed / expected : nil
}
