import Synchronization

/// Counts what has been done on any thread, and says so one call at a time.
final class CompletionCount: Sendable {
  private let count = Mutex(0)
  private let report: (@Sendable (Int) -> Void)?

  init(_ report: (@Sendable (Int) -> Void)?) {
    self.report = report
  }

  func advance() {
    count.withLock { count in
      count += 1
      report?(count)
    }
  }
}
