import RankineData

extension Calibration {
  /// Predicts scores of some rows of an outcome, and measures the result as the outcome's pairs count.
  ///
  /// The concordance weighs pairs as the outcome does: between subjects, by precision of rates, within
  /// risk sets. τ_b, which counts all pairs alike, is absent where rows have subjects.
  ///
  /// - Parameters:
  ///   - outcome: of all rows.
  ///   - rows: those to measure.
  ///   - scores: of these rows.
  public func metrics(of outcome: OutcomeValues, rows: [Int], scores: [Double]) -> Metrics {
    let plain = metrics(
      type: Swift.type(of: outcome.type).name, scores: scores,
      values: rows.map { outcome.values[$0] },
      events: outcome.event.map { event in rows.map { event[$0] } })
    guard let weights = outcome.pairWeights(rows: rows, isTraining: false) else { return plain }
    var values: [MetricName: Double?] = plain.values
    values[.concordance] = outcome.tally(of: rows, weights, scores: scores).concordance
    if outcome.companions.subject != nil { values[.kendallTau] = .some(nil) }
    if outcome.companions.entry != nil {
      values[.unoConcordance] = outcome.weighedByCensoring
        .pairWeights(rows: rows)
        .flatMap { outcome.tally(of: rows, $0, scores: scores).concordance }
    }
    return Metrics(type: plain.type, count: plain.count, values: values)
  }
}

extension OutcomeValues {
  /// Sums of pair weights over some rows.
  ///
  /// - Parameter weights: of these rows; nil counts each pair once.
  package func tally(of rows: [Int], _ weights: PairWeights?, scores: [Double]) -> PairTally {
    PairTally(
      high: rows.map { high[$0] }, low: rows.map { low[$0] }, weights: weights, scores: scores)
  }

  /// The same censored times, with the pair weights of Uno's concordance.
  fileprivate var weighedByCensoring: OutcomeValues {
    guard let censored = type as? CensoredOutcome, censored.weights == .harrell else { return self }
    return OutcomeValues(
      name: name,
      type: CensoredOutcome(
        time: censored.time, event: censored.event, entry: censored.entry, weights: .uno()),
      values: values, event: event, levels: levels, companions: companions)
  }
}
