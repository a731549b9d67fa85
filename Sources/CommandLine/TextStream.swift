import Synchronization

/// Somewhere that text can be written to.
public protocol TextStream: Sendable {
  /// Whether a person watches, so that a line may be redrawn.
  var isTerminal: Bool { get }
  /// Columns of the terminal; 80 where there is none.
  var width: Int { get }
  /// Why text was lost, or nil. A reader that has gone away is not a failure.
  var failure: String? { get }
  func write(_ text: String)
}

/// Keeps what is written, for tests and for callers that want a command's output as text.
public final class CapturedStream: TextStream {
  public let isTerminal: Bool
  public let width: Int
  public var failure: String? { nil }
  private let content = Mutex("")

  public init(isTerminal: Bool = false, width: Int = 80) {
    (self.isTerminal, self.width) = (isTerminal, width)
  }

  /// All that was written so far.
  public var text: String { content.withLock { $0 } }

  public func write(_ text: String) { content.withLock { $0 += text } }
}
