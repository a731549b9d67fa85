import RankineData

/// How the scores of a task are brought to the scale of its outcome: one choice an outcome type.
public enum CalibrationMethod: Codable, Hashable, Sendable {
  /// Isotonic regression of a continuous (or longitudinal) outcome.
  case continuous(loss: IsotonicLoss = .huber)
  /// A threshold and an isotonic probability.
  case binary(rule: ThresholdRule = .accuracy)
  /// Thresholds between levels and isotonic probabilities.
  case ordinal(levels: Int, objective: OrdinalObjective = .accuracy)
  /// An isotonic mean, of rates weighed by their exposures.
  case count
  /// Kaplan–Meier medians of score groups, made monotone.
  case censored(eventsPerGroup: Int = 20)

  /// Learns the calibration of one task.
  ///
  /// - Parameters:
  ///   - scores: of rows that the model may learn from (training, validation); never give test rows.
  ///   - values: the outcome, NaN where missing; such rows are skipped.
  ///   - events: false where a censored outcome is only bounded from below; nil when all were seen.
  ///   - companions: of these rows: exposures weigh the rates of a count, entries open risk sets.
  ///   - prevalence: the share of class 1 in training, for a binary outcome; nil takes that of the rows.
  ///   - task: the name that an error gives as its place.
  /// - Throws: `EvaluationError`: `no-observed-outcome`, `not-binary`, `level-out-of-range`.
  public func fit(
    scores: [Double], values: [Double], events: [Bool]? = nil,
    companions: RowCompanions = RowCompanions(), prevalence: Double? = nil, task: String = ""
  ) throws -> Calibration {
    switch self {
    case .continuous(let loss):
      return .continuous(try IsotonicFit(scores: scores, values: values, loss: loss, task: task))
    case .binary(let rule):
      return .binary(
        try BinaryCalibration(
          scores: scores, values: values, rule: rule, prevalence: prevalence, task: task))
    case .ordinal(let levels, let objective):
      return .ordinal(
        try OrdinalCalibration(
          scores: scores, values: values, levels: levels, objective: objective, task: task))
    case .count:
      return .count(
        try IsotonicFit(
          scores: scores, values: values, weights: companions.exposure, task: task))
    case .censored(let eventsPerGroup):
      return .censored(
        try SurvivalCalibration(
          scores: scores, times: values,
          events: events ?? Array(repeating: true, count: values.count),
          entries: companions.entry, eventsPerGroup: eventsPerGroup, task: task))
    }
  }
}
