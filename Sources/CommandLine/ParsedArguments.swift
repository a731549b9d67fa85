/// The values of a command's arguments, each read with the type it was declared with.
public struct ParsedArguments: Sendable {
  private let values: [String: any Sendable]
  private let texts: [String: [String]]
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
    self.texts = texts
  }

  /// The value of an argument that the command declares.
  public subscript<Value>(_ argument: Argument<Value>) -> Value {
    guard let value = values[argument.name] as? Value else {
      preconditionFailure("\(argument.name) is read but not declared by the command")
    }
    return value
  }

  /// Whether the user gave the argument, so that a default was not used.
  public func isGiven<Value>(_ argument: Argument<Value>) -> Bool { texts[argument.name] != nil }

  /// The words that give the same arguments again, but for some; operands come first.
  ///
  /// - Parameters:
  ///   - declared: in the order in which the words are to stand.
  ///   - excluded: names of arguments that are left out.
  func words(for declared: [any ArgumentDeclaration], except excluded: [String]) -> [String] {
    let kept = declared.filter { !excluded.contains($0.name) }
    return kept.filter(\.kind.isOperand).flatMap { texts[$0.name] ?? [] }
      + kept.filter { !$0.kind.isOperand }.flatMap { argument -> [String] in
        (texts[argument.name] ?? []).flatMap { text in
          if argument.kind == .flag { return ["--" + argument.name] }
          // A value that begins with dashes would be read as an option.
          return text.hasPrefix("-")
            ? ["--\(argument.name)=\(text)"] : ["--" + argument.name, text]
        }
      }
  }
}
