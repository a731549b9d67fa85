import RankineData

/// How much the mean concordance of several tasks depends on the rows that it was measured on.
///
///     SE² = (m − 1)/m · Σᵤ (C̄₍ᵤ₎ − mean of them)²
///
/// where C̄₍ᵤ₎ leaves out unit u, a row or all rows of a subject, in all tasks at once. It is large-sample
/// exact for a statistic as smooth as a concordance.
///
/// - Source: Efron & Stein, Annals of Statistics 9 (1981).
package struct JackknifeConcordance: Sendable {
  /// The standard error; nil with fewer than two units or without a comparable pair.
  package let standardError: Double?

  /// - Parameters:
  ///   - tallies: one a task, of the same rows.
  ///   - units: positions of rows that are left out together.
  package init(_ tallies: [PairTally], units: [[Int]]) {
    let judged = tallies.filter { $0.total > 0 }
    guard units.count > 1, !judged.isEmpty else {
      standardError = nil
      return
    }
    let sums = judged.map { tally in
      (weight: tally.total, agreement: 0.5 * tally.agreementOfRow.reduce(0, +))
    }
    let means = units.map { unit in
      let parts = zip(judged, sums).map { tally, sum in
        let weight = unit.reduce(sum.weight) { $0 - tally.weightOfRow[$1] }
        let agreement = unit.reduce(sum.agreement) { $0 - tally.agreementOfRow[$1] }
        return weight > 1e-9 * sum.weight ? agreement / weight : sum.agreement / sum.weight
      }
      return Statistics.mean(parts)
    }
    let count = Double(units.count)
    standardError = ((count - 1) / count * Statistics.sumOfSquares(means)).squareRoot()
  }
}
