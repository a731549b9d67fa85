import Foundation

/// What a pair of rows counts for, as a formula of numbers that each row has.
///
/// a, b, … are the numbers of the upper row, a′, b′, … those of the lower row. The weight of an
/// outcome's pairs is the product of its forms.
public enum PairForm: String, Codable, Hashable, Sendable, CaseIterable {
  /// a a′, as with the reciprocal sizes of two classes.
  case product
  /// a − a′: how many levels lie between.
  case gap
  /// a a′/(a + a′): the weight of a difference of two rates of precision a and a′.
  case harmonic
  /// 1 where |a − a′| ≤ 1, else 0.
  case window
  /// a′, the reciprocal of a squared probability not to be censored before the lower row's event.
  case inverseCensoring
  /// 1 where a < b′: the upper row was under observation when the lower row had its event.
  case entered
  /// b b′ for rows of two subjects a ≠ a′, c for rows of one.
  case clustered
  /// As `clustered`, with b b′ exp(−(d − d′)²/2) for rows of two subjects seen at d and d′.
  case clusteredInTime

  /// How many numbers of a row the formula reads.
  public var numberCount: Int {
    switch self {
    case .product, .gap, .harmonic, .window, .inverseCensoring: 1
    case .entered: 2
    case .clustered: 3
    case .clusteredInTime: 4
    }
  }

  /// Whether a concordance counts pairs like this too. Weights that mend the censoring of the training
  /// rows are for training; Uno's concordance has its own.
  public var isMeasured: Bool { self != .inverseCensoring }

  /// The weight of a pair, from the numbers of its upper and its lower row.
  func weight(
    _ upper: UnsafePointer<Double>, _ lower: UnsafePointer<Double>
  ) -> Double {
    switch self {
    case .product: return upper[0] * lower[0]
    case .gap: return upper[0] - lower[0]
    case .harmonic: return upper[0] * lower[0] / (upper[0] + lower[0])
    case .window: return abs(upper[0] - lower[0]) <= 1 ? 1 : 0
    case .inverseCensoring: return lower[0]
    case .entered: return upper[0] < lower[1] ? 1 : 0
    case .clustered:
      return upper[0] == lower[0] ? upper[2] : upper[1] * lower[1]
    case .clusteredInTime:
      if upper[0] == lower[0] { return upper[2] }
      let apart = upper[3] - lower[3]
      return upper[1] * lower[1] * exp(-0.5 * apart * apart)
    }
  }
}
