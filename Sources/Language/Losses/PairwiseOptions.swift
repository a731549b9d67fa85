import RankineData

/// The divisor σ of score differences: how far apart two scores must be to count as apart.
public enum Bandwidth: Hashable, Sendable, CustomStringConvertible {
  /// 0.5 for binary outcomes, 0.3 for any other: meant for scores of unit standard deviation.
  case byOutcome
  case fixed(Double)

  func value(for scale: OutcomeScale) -> Double {
    switch self {
    case .byOutcome: scale == .binary ? 0.5 : 0.3
    case .fixed(let value): value
    }
  }

  /// As Swift writes it: `.byOutcome`.
  public var description: String {
    switch self {
    case .byOutcome: ".byOutcome"
    case .fixed(let value): ".fixed(\(value))"
    }
  }
}

/// What happens to scores before they are compared.
public enum ScoreScale: Hashable, Sendable, CaseIterable, HyperparameterValue {
  /// Divided by the standard deviation of the task's stored scores, through which no derivative
  /// passes.
  case unitSD
  case raw
}

/// Whom the rows of a mini-batch are compared with.
public enum PairPartners: Hashable, Sendable, CaseIterable, HyperparameterValue {
  /// All rows of the sample, at the scores that they had when the epoch began.
  case previousEpoch
  /// The other rows of the batch; then both sides receive a gradient.
  case batch
}

/// From which end a pair is seen.
public enum Pairing: Hashable, Sendable, CaseIterable, HyperparameterValue {
  /// A row is compared with those below it and with those above it, so that every row of a batch
  /// receives its part of the full gradient.
  case symmetric
  /// A row is compared with those below it alone.
  case oneSided
}

/// What the sum over pairs is divided by.
public enum PairNormalization: Hashable, Sendable, CaseIterable, HyperparameterValue {
  /// The comparable pairs among the training rows, so that all tasks have losses of one size.
  case comparablePairs
  /// All ordered pairs of a row of the batch and a row of the sample.
  case allOrderedPairs
}
