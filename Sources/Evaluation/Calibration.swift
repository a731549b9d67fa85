/// A learned map from a task's score, known only up to a monotone change, to its outcome's scale.
///
/// A calibration never sees test rows: that is the duty of whoever calls `CalibrationMethod.fit`.
public enum Calibration: Codable, Equatable, Sendable {
  /// A nondecreasing function of the score.
  case continuous(IsotonicFit)
  /// A threshold and the probability of class 1.
  case binary(BinaryCalibration)
  /// Ordered thresholds and the probability of each level.
  case ordinal(OrdinalCalibration)
  /// A nondecreasing mean: the maximum-likelihood fit of a Poisson count.
  case count(IsotonicFit)
  /// The median survival time.
  case censored(SurvivalCalibration)

  /// What a score means on the scale of the outcome.
  public struct Prediction: Equatable, Sendable {
    /// The predicted value: a number, 0 or 1, a level index, a mean count, or a median time.
    public let value: Double
    /// The probability of class 1 (binary) or of the predicted level (ordinal); else nil.
    public let probability: Double?
    /// The probability of each level (ordinal) or class (binary), summing to one; else empty.
    public let levelProbabilities: [Double]
  }

  /// - Returns: the prediction at a score; a NaN value for a NaN score.
  public func predict(_ score: Double) -> Prediction {
    switch self {
    case .continuous(let fit), .count(let fit):
      return Prediction(value: fit.predict(score), probability: nil, levelProbabilities: [])
    case .censored(let survival):
      return Prediction(value: survival.predict(score), probability: nil, levelProbabilities: [])
    case .binary(let binary):
      let chance = binary.probability.predict(score)
      return Prediction(
        value: binary.predict(score), probability: chance, levelProbabilities: [1 - chance, chance])
    case .ordinal(let ordinal):
      let level = ordinal.predict(score)
      let chances = score.isNaN ? [] : ordinal.probabilities(score)
      return Prediction(
        value: level, probability: level.isNaN ? .nan : chances[Int(level)],
        levelProbabilities: chances)
    }
  }

  /// Predicts every score and measures the result on rows with an outcome.
  ///
  /// - Parameters:
  ///   - type: the outcome type's name in the result; nil takes the name of the calibration.
  ///   - scores: one a row.
  ///   - values: the outcome, NaN where missing.
  ///   - events: false where a censored outcome is only bounded from below; nil when all were seen.
  public func metrics(
    type: String? = nil, scores: [Double], values: [Double], events: [Bool]? = nil
  ) -> Metrics {
    let predictions = scores.map(predict)
    let points = predictions.map(\.value)
    switch self {
    case .continuous:
      return .continuous(
        type: type ?? "continuous", scores: scores, predictions: points, values: values)
    case .count:
      return .continuous(type: type ?? "count", scores: scores, predictions: points, values: values)
    case .binary:
      return .binary(
        type: type ?? "binary", scores: scores, predictions: points,
        probabilities: predictions.map { $0.probability ?? .nan }, values: values)
    case .ordinal:
      return .ordinal(
        type: type ?? "ordinal", scores: scores, predictions: points,
        probabilities: predictions.map(\.levelProbabilities), values: values)
    case .censored:
      return .censored(
        type: type ?? "censored", scores: scores, predictions: points, times: values,
        events: events ?? Array(repeating: true, count: values.count))
    }
  }
}
