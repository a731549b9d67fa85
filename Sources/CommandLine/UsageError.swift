import RankineSupport

/// A command line that cannot be understood; the tool exits with code 2.
public struct UsageError: UserError, Equatable {
  /// What is wrong with the command line.
  public enum Kind: String, Sendable {
    case unknownCommand = "unknown-command"
    case unknownOption = "unknown-option"
    case missingValue = "missing-value"
    case unexpectedValue = "unexpected-value"
    case invalidValue = "invalid-value"
    case repeatedOption = "repeated-option"
    case missingArgument = "missing-argument"
    case unexpectedArgument = "unexpected-argument"
  }

  public let kind: Kind
  public let place: String
  public let message: String
  public let hint: String?

  public var code: String { kind.rawValue }

  public init(_ kind: Kind, in place: String = "", _ message: String, hint: String? = nil) {
    (self.kind, self.place, self.message, self.hint) = (kind, place, message, hint)
  }

  /// The error for an argument that the command needs and did not get.
  static func missing(_ spelling: String, summary: String) -> UsageError {
    UsageError(.missingArgument, "\(spelling) is missing", hint: "\(spelling): \(summary)")
  }
}
