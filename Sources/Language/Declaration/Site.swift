/// The line of the user's program on which something was declared.
public struct Site: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  public let line: Int

  /// Capture `#fileID` and `#line` as direct default arguments of the declaring initializer: inside
  /// a default argument of another call they would name the wrong line.
  public init(file: String, line: Int) {
    (self.file, self.line) = (file, line)
  }

  public var description: String { "\(file):\(line)" }
}
