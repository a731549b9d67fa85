/// What is known of the rows of an outcome beside its values; each nil where the outcome does not have
/// it.
public struct RowCompanions: Sendable, Equatable {
  /// Per row: how much was watched for events, above 0; the values are rates then.
  public let exposure: [Double]?
  /// Per row: the time from which on it was observed.
  public let entry: [Double]?
  /// Per row: the number of the subject, from 0; −1 where it is missing.
  public let subject: [Int]?
  /// Per row: when it was seen.
  public let time: [Double]?
  /// Per row: whether it is one of the task's rows; where tasks come from different sources, the others
  /// are rows of other tasks.
  public let isOwn: [Bool]?

  /// Companions of rows.
  public init(
    exposure: [Double]? = nil, entry: [Double]? = nil, subject: [Int]? = nil,
    time: [Double]? = nil, isOwn: [Bool]? = nil
  ) {
    (self.exposure, self.entry) = (exposure, entry)
    (self.subject, self.time) = (subject, time)
    self.isOwn = isOwn
  }

  /// Those of some rows.
  public func rows(_ rows: [Int]) -> RowCompanions {
    func picked<Value>(_ all: [Value]?) -> [Value]? { all.map { all in rows.map { all[$0] } } }
    return RowCompanions(
      exposure: picked(exposure), entry: picked(entry), subject: picked(subject),
      time: picked(time), isOwn: picked(isOwn))
  }

  /// The same where only some rows are the task's own: subjects of others are not known to it.
  func restricted(to owned: [Bool]) -> RowCompanions {
    RowCompanions(
      exposure: exposure, entry: entry,
      subject: subject.map { zip($0, owned).map { $1 ? $0 : -1 } }, time: time, isOwn: owned)
  }
}
