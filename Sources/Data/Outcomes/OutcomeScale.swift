/// What the values of an outcome mean to a pointwise loss, a calibration and a metric.
public enum OutcomeScale: String, Codable, Sendable, CaseIterable {
  /// A real number.
  case continuous
  /// 0 or 1.
  case binary
  /// A level 0, 1, 2, … of an ordered scale.
  case ordinal
  /// A whole number of events.
  case count
  /// A time that may be known only to be longer.
  case censored
}
