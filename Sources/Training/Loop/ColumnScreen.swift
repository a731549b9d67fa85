/// How the leaving out of features stands in one fit.
struct ColumnScreen {
  var schedule = ColumnSchedule()
  /// The epochs that training may take: as many as were asked for, and more where features had to come
  /// back at the end.
  private(set) var lastEpoch: Int
  private let latestEpoch: Int
  /// The epoch whose weights were looked at last when training was about to end.
  private var checkedEpoch: Int?
  /// How many features were left out wrongly at those weights; nil where none was left out.
  private(set) var violatorCount: Int?

  /// A share of the epochs that may be added.
  private static let overtime = 4
  /// Epochs that features which come back at the end are given before the next look.
  private static let round = 5

  init(epochCount: Int) {
    lastEpoch = epochCount
    latestEpoch = epochCount + max(Self.round, epochCount / Self.overtime)
  }

  /// Whether the weights of an epoch have yet to be looked at.
  func isNew(_ epoch: Int) -> Bool { epoch != checkedEpoch }

  /// Notes what was found at the weights of an epoch, nil when no feature was left out there.
  mutating func checked(_ epoch: Int, violatorCount: Int?) {
    (checkedEpoch, self.violatorCount) = (epoch, violatorCount)
  }

  /// Whether training may go on after an epoch.
  func mayGoOn(after epoch: Int) -> Bool { epoch + 1 < latestEpoch }

  /// Grants a round of epochs after one, if fewer are left.
  mutating func goOn(after epoch: Int) {
    lastEpoch = min(max(lastEpoch, epoch + 1 + Self.round), latestEpoch)
  }
}
