import RankineData

extension CalibrationMethod {
  /// The usual calibration of an outcome of a scale.
  ///
  /// - Parameters:
  ///   - scale: what the outcome's values mean.
  ///   - levels: the number of levels of an ordinal outcome; the other scales do not look at it.
  public static func standard(for scale: OutcomeScale, levels: Int = 2) -> CalibrationMethod {
    switch scale {
    case .continuous: .continuous()
    case .binary: .binary()
    case .ordinal: .ordinal(levels: levels)
    case .count: .count
    case .censored: .censored()
    }
  }
}
