import RankineData

/// What a model has to know about one outcome.
public struct TaskDescription: Hashable, Sendable {
  /// The outcome's name in the data.
  public let name: String
  /// What the outcome's values mean.
  public let scale: OutcomeScale
  /// How many levels an ordinal outcome has, 2 for a binary one, 0 for any other.
  public let levelCount: Int

  /// Describes an outcome; `levelCount` matters to ordinal ones alone.
  public init(name: String, scale: OutcomeScale, levelCount: Int = 0) {
    (self.name, self.scale, self.levelCount) = (name, scale, levelCount)
  }
}
