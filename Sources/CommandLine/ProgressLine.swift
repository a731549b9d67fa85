import Foundation
import Synchronization

/// One line on a terminal that says how far a task is, redrawn in place and erased at the end.
///
/// It may be advanced from any thread. Without a stream it does nothing.
public final class ProgressLine: Sendable {
  private struct State {
    var lastDrawn: Double?
    var isFinished = false
  }

  private let task: String
  private let total: Int
  private let stream: (any TextStream)?
  private let clock: @Sendable () -> Double
  private let start: Double
  private let state = Mutex(State())

  /// Seconds between two redraws.
  static let interval: Double = 0.1
  /// Back to the line's start, and clear to its end.
  private static let erase = "\r\u{1B}[K"

  /// - Parameters:
  ///   - stream: nil for silence.
  ///   - clock: seconds from any fixed moment, never decreasing.
  public init(
    _ task: String, total: Int, on stream: (any TextStream)?,
    clock: @escaping @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
  ) {
    (self.task, self.total, self.stream, self.clock) = (task, total, stream, clock)
    start = clock()
  }

  /// Says that so many steps are done.
  ///
  /// - Parameter detail: shown at the line's end: `"epoch 4"`.
  public func advance(to done: Int, _ detail: @autoclosure () -> String = "") {
    guard let stream else { return }
    let now = clock()
    state.withLock { state in
      if state.isFinished { return }
      if let last = state.lastDrawn, now - last < Self.interval { return }
      state.lastDrawn = now
      let estimate = ProgressEstimate(done: done, total: total, elapsed: now - start)
      // One column stays free: a full line would wrap, and a wrapped line cannot be erased.
      let line = estimate.line(for: task, detail: detail()).prefix(max(0, stream.width - 1))
      stream.write(Self.erase + line)
    }
  }

  /// Erases the line; later calls do nothing.
  public func finish() {
    state.withLock { state in
      if state.lastDrawn != nil, !state.isFinished { stream?.write(Self.erase) }
      state.isFinished = true
    }
  }
}
