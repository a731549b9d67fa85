import RankineData

/// What a model has to know about one outcome.
public struct TaskDescription: Hashable, Sendable {
  /// The outcome's name in the data.
  public let name: String
  /// What the outcome's values mean.
  public let scale: OutcomeScale
  /// How many levels an ordinal outcome has, 2 for a binary one, 0 for any other.
  public let levelCount: Int
  /// The formulas whose product is what a pair of its rows counts for; empty where all count alike.
  public let pairForms: [PairForm]
  /// Whether its values are rates of rows that were watched for different lengths.
  public let hasExposure: Bool
  /// Whether some rows of the sample are those of other tasks alone.
  public let hasOwnRows: Bool
  /// The number of its set of rows among those of all tasks, from 0; nil where all tasks share their
  /// rows, or where it stands alone.
  public let rowSet: Int?

  /// Describes an outcome; `levelCount` matters to ordinal ones alone.
  public init(
    name: String, scale: OutcomeScale, levelCount: Int = 0, pairForms: [PairForm] = [],
    hasExposure: Bool = false, hasOwnRows: Bool = false, rowSet: Int? = nil
  ) {
    (self.name, self.scale, self.levelCount) = (name, scale, levelCount)
    (self.pairForms, self.hasExposure) = (pairForms, hasExposure)
    (self.hasOwnRows, self.rowSet) = (hasOwnRows, rowSet)
  }

  /// Describes outcomes that are modelled together.
  public static func all(_ outcomes: [OutcomeValues]) -> [TaskDescription] {
    guard let sets = outcomes.rowSetNumbers else { return outcomes.map { TaskDescription($0) } }
    return zip(outcomes, sets).map { TaskDescription($0, rowSet: $1) }
  }

  /// Describes the outcome that has these values, by itself.
  public init(_ outcome: OutcomeValues) {
    self.init(outcome, rowSet: nil)
  }

  private init(_ outcome: OutcomeValues, rowSet: Int?) {
    self.init(
      name: outcome.name, scale: outcome.scale, levelCount: outcome.levels.count,
      pairForms: outcome.type.pairForms, hasExposure: outcome.companions.exposure != nil,
      hasOwnRows: outcome.companions.isOwn != nil, rowSet: rowSet)
  }
}
