/// One command of the tool: a value that declares its arguments and runs on the parsed ones.
///
/// A new command is one file with a conforming type and one line in ``Tool/rankine``. Its help,
/// its parsing and its usage errors follow from ``arguments``.
public protocol Command: Sendable {
  /// As the user types it, lower-case: `"fit"`.
  var name: String { get }
  /// One line without a closing full stop.
  var summary: String { get }
  /// Paragraphs that the command's help shows below its usage; empty by default.
  var discussion: String { get }
  /// In the order in which the help lists them; operands are read in this order.
  var arguments: [any ArgumentDeclaration] { get }
  var examples: [Example] { get }

  /// - Throws: `UsageError` for arguments that do not fit together, any other `UserError` for work
  ///   that fails.
  func run(_ arguments: ParsedArguments, console: Console) throws
}

extension Command {
  /// Those that every command takes; one that the command declares itself stands in for the common
  /// one of that name.
  package var commonArguments: [any ArgumentDeclaration] {
    CommonOptions.all.filter { common in !arguments.contains { $0.name == common.name } }
  }

  public var discussion: String { "" }
  public var examples: [Example] { [] }
}

/// A command line worth copying, with what it does.
public struct Example: Sendable {
  public let commandLine: String
  public let effect: String

  public init(_ commandLine: String, _ effect: String) {
    (self.commandLine, self.effect) = (commandLine, effect)
  }
}
