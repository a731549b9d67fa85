import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// An open file descriptor: the standard output, or the standard error.
///
/// When the reader goes away (`rankine zoo | head -1`), the rest is dropped and the command goes
/// on, so that the files it writes are complete.
public final class DescriptorStream: TextStream {
  public static let standardOutput: DescriptorStream = DescriptorStream(STDOUT_FILENO)
  public static let standardError: DescriptorStream = DescriptorStream(STDERR_FILENO)

  private enum State { case open, readerGone, failed(String) }
  private let descriptor: Int32
  private let state = Mutex(State.open)

  public init(_ descriptor: Int32) { self.descriptor = descriptor }

  public var isTerminal: Bool { isatty(descriptor) == 1 }

  public var width: Int {
    var size = winsize()
    let isKnown = ioctl(descriptor, numericCast(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  public var failure: String? {
    state.withLock { if case .failed(let reason) = $0 { reason } else { nil } }
  }

  public func write(_ text: String) {
    state.withLock { state in
      guard case .open = state else { return }
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 {
          bytes = bytes.dropFirst(count)
        } else if errno == EPIPE {
          return state = .readerGone
        } else if errno != EINTR {
          return state = .failed(String(cString: strerror(errno)))
        }
      }
    }
  }

  /// Makes a write to a closed pipe return an error instead of ending the process.
  static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }
}

/// The system's `write`, which the method of that name hides.
private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
