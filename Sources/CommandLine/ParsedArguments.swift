/// The values of a command's arguments, each read with the type it was declared with.
public struct ParsedArguments: Sendable {
  private let values: [String: any Sendable]
  private let given: Set<String>
  /// The whole command line, each word quoted where a shell needs it.
  public internal(set) var commandLine: String = ""

  /// Reads every declared argument from the texts given for it.
  ///
  /// - Throws: `UsageError` naming the first argument, in order of declaration, that is missing or
  ///   malformed.
  init(_ texts: [String: [String]], declared: [any ArgumentDeclaration]) throws {
    var values: [String: any Sendable] = [:]
    for argument in declared {
      values[argument.name] = try argument.value(from: texts[argument.name] ?? [])
    }
    self.values = values
    given = Set(texts.keys)
  }

  /// The value of an argument that the command declares.
  public subscript<Value>(_ argument: Argument<Value>) -> Value {
    guard let value = values[argument.name] as? Value else {
      preconditionFailure("\(argument.name) is read but not declared by the command")
    }
    return value
  }

  /// Whether the user gave the argument, so that a default was not used.
  public func isGiven<Value>(_ argument: Argument<Value>) -> Bool { given.contains(argument.name) }
}
