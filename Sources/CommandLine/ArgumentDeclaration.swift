/// What the parser and the help know of an argument, whatever the type of its value.
public protocol ArgumentDeclaration: Sendable {
  /// Without the leading dashes.
  var name: String { get }
  var kind: ArgumentKind { get }
  var summary: String { get }
  /// The default as the help shows it, or nil when there is none to show.
  var defaultText: String? { get }

  /// Reads the value from the texts that were given, in their order.
  ///
  /// - Throws: `UsageError` naming the argument when it is missing or malformed.
  func value(from texts: [String]) throws -> any Sendable
}

/// How an argument is written on the command line.
///
/// The associated text is the placeholder that stands for a value in the help.
public enum ArgumentKind: Sendable, Equatable {
  case flag
  case option(String)
  case requiredOption(String)
  case repeatedOption(String, minimum: Int)
  case operand
  case optionalOperand

  var isOperand: Bool { self == .operand || self == .optionalOperand }

  var isRepeated: Bool {
    if case .repeatedOption = self { true } else { false }
  }

  /// What stands for the value in the help; nil where the argument takes none of its own.
  var placeholder: String? {
    switch self {
    case .flag, .operand, .optionalOperand: nil
    case .option(let text), .requiredOption(let text), .repeatedOption(let text, _): text
    }
  }
}

extension ArgumentDeclaration {
  /// As the user writes it: `--epochs N`, `--json` or `DATA`.
  var spelling: String {
    if kind.isOperand { return name }
    return "--" + name + (kind.placeholder.map { " " + $0 } ?? "")
  }

  /// As the usage line shows it, or nil where `[options]` stands for it.
  var usage: String? {
    switch kind {
    case .operand, .requiredOption: spelling
    case .optionalOperand: "[\(spelling)]"
    case .repeatedOption(_, let minimum) where minimum > 0: spelling + " …"
    case .flag, .option, .repeatedOption: nil
    }
  }
}
