import RankineData
import RankineEvaluation

/// Learns each task's map from score to outcome on rows that the model may know.
struct Calibrator {
  let outcomes: [OutcomeValues]
  let parts: Parts
  /// Scores of all rows by the final model, one list a task.
  let scores: [[Double]]
  /// Scores of training and validation rows by fits that had not seen them; NaN elsewhere, nil where
  /// the validation rows judged.
  let crossFitted: [[Double]?]

  /// Numbers are calibrated on training and validation rows together. Thresholds and probabilities of
  /// classes see validation rows alone, because a network ranks the rows that it was trained on too
  /// well; where those lack the outcome or a class, training rows join them. With cross-fitted scores
  /// all rows count.
  ///
  /// - Throws: `EvaluationError` naming the task.
  func run() throws -> [Calibration] {
    try outcomes.indices.map { task in
      let outcome = outcomes[task]
      let known = (parts.training + parts.validation).sorted()
      let observed = known.filter { !outcome.values[$0].isNaN }
      var rows = observed
      if crossFitted[task] == nil, outcome.scale == .binary || outcome.scale == .ordinal {
        let validation = parts.validation.filter { !outcome.values[$0].isNaN }
        let classes = Set(validation.map { outcome.values[$0] })
        if classes == Set(observed.map { outcome.values[$0] }) { rows = validation }
      }
      let source = crossFitted[task] ?? scores[task]
      return try method(for: outcome).fit(
        scores: rows.map { source[$0] }, values: rows.map { outcome.values[$0] },
        events: outcome.event.map { event in rows.map { event[$0] } },
        companions: outcome.companions.rows(rows), prevalence: prevalence(of: outcome),
        task: outcome.name)
    }
  }

  private func method(for outcome: OutcomeValues) -> CalibrationMethod {
    switch outcome.scale {
    case .continuous: .continuous()
    case .binary: .binary()
    case .ordinal: .ordinal(levels: max(2, outcome.levels.count))
    case .count: .count
    case .censored: .censored()
    }
  }

  /// The share of class 1 among training rows.
  private func prevalence(of outcome: OutcomeValues) -> Double? {
    guard outcome.scale == .binary else { return nil }
    let values = parts.training.map { outcome.values[$0] }.filter { !$0.isNaN }
    return values.isEmpty ? nil : Statistics.mean(values)
  }
}
