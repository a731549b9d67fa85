/// When training looks at the features that it leaves out, and when it leaves out more.
///
/// The time between two looks doubles while nothing is found, and grows by half where mini-batches let
/// features in and out all the time, so that looks cost less and less.
struct ColumnSchedule {
  /// Epochs from one look to the next, at first: a look costs about a third of an epoch over all
  /// features, one product with them of the three that an epoch takes.
  static let firstInterval = 10
  /// The excess of a feature over its threshold, as a share of its gradient, that is let pass: the
  /// scatter of mini-batches moves gradients by more.
  static let tolerance = 0.02
  /// So few features are never worth a change.
  static let fewest = 64

  private var interval = firstInterval
  private var nextLook = 0

  /// Whether to leave out features: from all of them when at least three quarters are at zero, later
  /// when half of those that are left are. Each change costs the compilation of a step.
  static func narrows(nonzero: Int, of width: Int, isNarrow: Bool) -> Bool {
    guard isNarrow else { return nonzero > 0 && 4 * nonzero <= width }
    return nonzero > 0 && 2 * nonzero <= width && width > fewest
  }

  /// Whether so many features are too many to leave out the others.
  static func widens(active: Int, of width: Int) -> Bool {
    2 * active > width
  }

  /// The features that may come back at one look, where so many are trained: those that come back first
  /// often explain what made the others look needed.
  static func mostReturns(active: Int) -> Int {
    max(16, active)
  }

  func isDue(epoch: Int) -> Bool { epoch >= nextLook }

  /// Notes that features began to be left out at the end of an epoch.
  mutating func begin(epoch: Int) {
    nextLook = epoch + interval
  }

  /// Notes a look and whether it found a feature that has to come back.
  mutating func looked(epoch: Int, hasFound: Bool) {
    interval += hasFound ? interval / 2 : interval
    nextLook = epoch + interval
  }
}
