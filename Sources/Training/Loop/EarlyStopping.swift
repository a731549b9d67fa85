/// Remembers the best epoch, and ends training when none has been better for a while.
struct EarlyStopping {
  let patience: Int
  private(set) var bestEpoch = 0
  private(set) var bestValue = -Double.infinity
  /// From which epoch on patience counts, where it began anew.
  private var start = 0

  init(patience: Int) {
    self.patience = patience
  }

  /// Whether an epoch is better than all before it; of equals the first is kept.
  mutating func accepts(_ value: Double, epoch: Int) -> Bool {
    guard value > bestValue else { return false }
    (bestEpoch, bestValue) = (epoch, value)
    return true
  }

  func isOver(epoch: Int) -> Bool {
    epoch - max(bestEpoch, start) >= patience
  }

  /// Waits as long again from an epoch on.
  mutating func waitAnew(from epoch: Int) {
    start = epoch
  }
}
