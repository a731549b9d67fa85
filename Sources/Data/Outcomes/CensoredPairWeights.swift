/// What a pair of a censored outcome counts for in training.
public enum CensoredPairWeights: Sendable, Equatable {
  /// 1, as in Harrell's concordance: the criterion depends on how rows were censored.
  case harrell
  /// Ĝ(Tⱼ−)⁻² for an event at Tⱼ < τ, else 0, as in Uno's concordance: rows that were censored early
  /// are made up for by like ones that were not.
  ///
  /// Ĝ is the Kaplan–Meier curve of the censoring time on the training rows. Without τ, events at
  /// which Ĝ(T−) is below 0.05 are left out, because their weight would be mostly noise.
  case uno(tau: Double? = nil)
}

extension CensoredOutcome {
  static func weights(
    _ options: [String: String], task: String
  ) throws(DataError) -> CensoredPairWeights {
    let limit = try number("tau", in: options, "a time above 0", task: task) { $0 > 0 }
    switch options["weights"] ?? "harrell" {
    case "uno": return .uno(tau: limit)
    case "harrell":
      if limit != nil {
        throw DataError(
          "bad-spec", in: "task \"\(task)\"",
          "tau limits Uno's pairs, which are off",
          hint: "add weights=uno")
      }
      return .harrell
    case let word: throw badOption("weights", word, "harrell or uno", task: task)
    }
  }

  public var pairForms: [PairForm] {
    (entry == nil ? [] : [.entered]) + (weights == .harrell ? [] : [.inverseCensoring])
  }

  /// Entries and times as ranks in one order, which are exact in Float; then Ĝ(T−)⁻².
  ///
  /// - Source: Uno, Cai, Pencina, D'Agostino & Wei, Statistics in Medicine 30, 2011.
  public func pairNumbers(of values: OutcomeValues, rows: [Int]) -> [[Double]] {
    let times = rows.map { values.values[$0] }
    let entries = values.companions.entry.map { entry in rows.map { entry[$0] } }
    var numbers: [[Double]] = []
    if let entries {
      let ranks = denseRanks(entries + times)
      numbers = [Array(ranks[..<rows.count]), Array(ranks[rows.count...])]
    }
    guard case .uno(let limit) = weights else { return numbers }
    let isKnown = times.map { !$0.isNaN }
    let curve = KaplanMeier.ofCensoring(
      times: times, events: rows.map { values.event?[$0] == true }, entries: entries)
    return numbers + [
      zip(times, isKnown).map { time, isKnown in
        guard isKnown else { return 0 }
        return CensoringWeight(curve: curve, limit: limit).weight(ofEventAt: time)
      }
    ]
  }
}

/// The weight of pairs whose lower row had its event at a time.
public struct CensoringWeight: Sendable {
  /// Events that fewer than this share of rows could have reached uncensored are left out.
  public static let leastReach: Double = 0.05

  /// Ĝ, the curve of the censoring time.
  public let curve: KaplanMeier
  /// τ, in the unit of time; nil leaves out events by `leastReach`.
  public let limit: Double?

  public init(curve: KaplanMeier, limit: Double? = nil) {
    (self.curve, self.limit) = (curve, limit)
  }

  /// Ĝ(T−)⁻², or 0 for an event out of reach.
  public func weight(ofEventAt time: Double) -> Double {
    let remaining = curve.survival(before: time)
    let isInReach = limit.map { time < $0 } ?? (remaining >= Self.leastReach)
    return isInReach && remaining > 0 ? 1 / (remaining * remaining) : 0
  }
}
